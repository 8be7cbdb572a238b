using Equilibrage.Core.Observations;
using Equilibrage.Adapters.Transport;

namespace Equilibrage.Adapters.Crypto;

/// <summary>How one source of spot prices is spoken to.</summary>
internal interface IPriceProtocol
{
    /// <summary>Signs of life and the bound of silence.</summary>
    SocketCare Care { get; }

    /// <summary>The frames that a new connection begins with.</summary>
    IReadOnlyList<ReadOnlyMemory<byte>> Hello(IReadOnlyCollection<string> symbols);

    /// <summary>The prices of a frame, oldest first; none when it carries none.</summary>
    IReadOnlyList<SpotPrice> Read(ReadOnlyMemory<byte> frame);
}
