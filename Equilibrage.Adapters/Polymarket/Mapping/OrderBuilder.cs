using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>
/// Turns a decision into the exchange's order: a pure function of the command, the wallet and the chain, so that the
/// id is the same whenever it is asked for. No key is needed.
/// </summary>
/// <param name="wallet">Whose money it is and how orders are signed.</param>
/// <param name="chainId">The chain of the exchange's contracts.</param>
/// <param name="builder">Code to which the volume is attributed; zero for none.</param>
internal sealed class OrderBuilder(TradingWallet wallet, long chainId, Bytes32 builder) : Core.Ports.IOrderPreparer
{
    private readonly ExchangeDomain standard = ExchangeDomain.For(chainId, isNegRisk: false);
    private readonly ExchangeDomain negRisk = ExchangeDomain.For(chainId, isNegRisk: true);

    /// <inheritdoc/>
    public PreparedOrder Prepare(OrderCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new(command, new(Build(command).Id(DomainOf(command)).ToString()));
    }

    /// <summary>The domain that the order of a command is signed in.</summary>
    public ExchangeDomain DomainOf(OrderCommand command) => command.IsNegRisk ? negRisk : standard;

    /// <summary>The order of a command.</summary>
    /// <exception cref="ArgumentException">The token is no number.</exception>
    public ExchangeOrder Build(OrderCommand command)
    {
        if (!UInt256.TryParse(command.TokenId.Value, out var token))
            throw new ArgumentException($"Token {command.TokenId} is no decimal number.", nameof(command));
        var order = ExchangeOrder.Of(
            wallet, token, command.Side, AmountsOf(command), command.Salt, command.TimestampMs);
        return order with { Builder = builder };
    }

    /// <summary>The wire's word for the time in force.</summary>
    public static WireOrderType TypeOf(OrderType type) => type switch
    {
        OrderType.Gtc => WireOrderType.Gtc,
        OrderType.Gtd => WireOrderType.Gtd,
        OrderType.Fok => WireOrderType.Fok,
        OrderType.Fak => WireOrderType.Fak,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such order type."),
    };

    private static OrderAmounts AmountsOf(OrderCommand command)
    {
        if (command.Type is OrderType.Gtc or OrderType.Gtd)
            return OrderAmounts.Limit(command.Side, command.Limit, command.Quantity, command.Tick);
        if (command.Side == Side.Sell)
            return OrderAmounts.MarketSell(command.Quantity, command.Limit, command.Tick);
        // Orders of the journal's first versions name shares only.
        var spend = command.Spend ?? command.Limit.ProceedsOf(command.Quantity);
        return OrderAmounts.MarketBuy(spend, command.Limit, command.Tick);
    }
}
