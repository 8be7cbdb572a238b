using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>
/// Whether orders may leave this process now. Asked before every send, beside the leadership; the engine is told of
/// changes by <see cref="EngineEvent.Permitted"/>, so that it does not plan what would not be sent.
/// </summary>
public interface IArming
{
    /// <summary>What may be sent at this moment; safe to ask from any thread.</summary>
    OrderPermission Permission { get; }

    /// <summary>Why not everything may be sent, as a sentence; null when everything may.</summary>
    string? Reason { get; }
}

/// <summary>What a permission means for an order.</summary>
public static class Armings
{
    /// <summary>Why an order may not be sent now, as a sentence; null when it may.</summary>
    public static string? WhyNot(this IArming arming, OrderCommand command)
    {
        ArgumentNullException.ThrowIfNull(arming);
        ArgumentNullException.ThrowIfNull(command);
        var may = arming.Permission switch
        {
            OrderPermission.Everything => true,
            OrderPermission.ExitsOnly => command.Side == Side.Sell,
            _ => false,
        };
        return may ? null : arming.Reason ?? "The desk is not armed for real money.";
    }
}

/// <summary>No real money is at stake: everything may be sent.</summary>
public sealed class Unrestricted : IArming
{
    private Unrestricted()
    {
    }

    /// <summary>The one of its kind.</summary>
    public static Unrestricted Instance { get; } = new();

    /// <inheritdoc/>
    public OrderPermission Permission => OrderPermission.Everything;

    /// <inheritdoc/>
    public string? Reason => null;
}
