using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>What the trading desk is told at start.</summary>
/// <param name="Account">The account that it trades.</param>
/// <param name="Capital">Dollars that a new account starts with.</param>
/// <param name="Info">What pages show of the process.</param>
internal sealed record DeskOptions(AccountId Account, Usdc Capital, DeskInfo Info)
{
    /// <summary>
    /// True when a new account begins with what its wallet holds, and not with <see cref="Capital"/>.
    /// </summary>
    public bool StartsWithWallet { get; init; }

    /// <summary>Whether orders may leave this process; only real money is ever restricted.</summary>
    public IArming Arming { get; init; } = Unrestricted.Instance;
}
