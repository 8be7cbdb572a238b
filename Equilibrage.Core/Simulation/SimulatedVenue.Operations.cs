using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>Operations of a desk beside orders, and everything that moved an account's balances.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>Carries an operation out, once for each id; asking again answers what it moved.</summary>
    public OperationResult Execute(AccountId account, ChainOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        EnsureAccount(account);
        if (Find(account, operation.Id) is { } done)
            return new(done.Receipt(), null);
        return operation.Kind switch
        {
            ChainOperationKind.Split => Result(
                account, operation, Split(account, operation.MarketId, operation.Amount, new(operation.Id))),
            ChainOperationKind.Merge => Result(
                account, operation, Merge(account, operation.MarketId, operation.Amount, new(operation.Id))),
            ChainOperationKind.Redeem => Redeem(account, operation.MarketId, new(operation.Id)) is { } receipt
                ? new(receipt, null)
                : OperationResult.Fail(
                    VenueErrorKind.Refused, $"Market {operation.MarketId} has not ended here."),
            _ => OperationResult.Fail(VenueErrorKind.Refused, $"{operation.Kind} is not an operation of this venue."),
        };
    }

    /// <summary>Everything that moved an account's balances since a market time, oldest first.</summary>
    public AccountActivity Activity(AccountId account, DateTimeOffset since)
    {
        if (!accounts.TryGetValue(account, out var state))
            return new([], MarketTime);
        var executions = state.Trades.Select(trade => trade.Trade)
            .Where(trade => trade.MatchedAt >= since && trade.Status != TradeStatus.Failed)
            .SelectMany(trade => trade.FillsOf(account)
                .Select(fill => ActivityItem.Of(fill, trade.TransactionHash, trade.IsFinal)));
        var actions = state.Actions.Where(action => action.At >= since).Select(Item);
        return new([.. executions.Concat(actions).OrderBy(item => item.At)], MarketTime);
    }

    private static ActivityItem Item(ChainActionRow action)
    {
        var receipt = action.Receipt();
        var kind = action.Kind switch
        {
            ChainActionKind.Split => ActivityKind.Split,
            ChainActionKind.Merge => ActivityKind.Merge,
            ChainActionKind.Deposit => ActivityKind.Deposit,
            ChainActionKind.Withdrawal => ActivityKind.Withdrawal,
            _ => ActivityKind.Redeem,
        };
        return new(
            $"chain:{action.Sequence}", kind, action.At, receipt.Cash, receipt.Shares,
            TransactionHash: receipt.TransactionHash);
    }

    private ChainActionRow? Find(AccountId account, OperationId operation) =>
        accounts[account].Actions.Find(action => action.OperationId == operation);

    private OperationResult Result(AccountId account, ChainOperation operation, OrderRefusal? refusal) =>
        refusal is null
            ? new(Find(account, operation.Id)!.Receipt(), null)
            : OperationResult.Fail(VenueErrorKind.Refused, refusal.Message);
}
