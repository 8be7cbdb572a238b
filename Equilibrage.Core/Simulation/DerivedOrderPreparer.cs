using System.Globalization;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// Names orders of a simulated venue by the SHA-256 of all that the command says, as the real venue names them by the
/// hash of what was signed: the same command has the same id, any difference another.
/// </summary>
public sealed class DerivedOrderPreparer : IOrderPreparer
{
    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var id = DerivedId.Hex(
            "practice-order",
            command.ClientOrderId.Value,
            command.AccountId.Value,
            command.StrategyId.Value,
            command.PositionId.Value,
            command.MarketId.Value,
            command.TokenId.Value,
            command.Outcome.ToString(),
            command.Side.ToString(),
            command.Limit.ToString(),
            command.Quantity.ToString(),
            command.Type.ToString(),
            command.IsPostOnly ? "post-only" : string.Empty,
            command.Spend?.ToString() ?? string.Empty,
            command.ExpiresAt?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            command.Salt.ToString(CultureInfo.InvariantCulture),
            command.TimestampMs.ToString(CultureInfo.InvariantCulture));
        return new(command, new(id));
    }
}
