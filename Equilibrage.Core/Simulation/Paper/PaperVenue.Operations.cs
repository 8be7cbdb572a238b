using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation.Paper;

/// <content>What the account does beside orders.</content>
public sealed partial class PaperVenue
{
    /// <summary>Cancels everything that rests; the facts must be on record before the answer is given.</summary>
    public (CancelAllAnswer Answer, IReadOnlyList<PaperFact> Facts) CancelAll()
    {
        var resting = Account.Resting.Select(order => order.Id).ToList();
        return (
            new(resting, new Dictionary<VenueOrderId, string>()), [.. resting.SelectMany(id => Cancel(id).Facts)]);
    }

    /// <summary>
    /// Carries an operation out, once for each id. The facts are applied; they must be on record before the answer is
    /// given.
    /// </summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="market">Its market.</param>
    /// <param name="end">How the market ended; null while it is open.</param>
    public (OperationResult Result, IReadOnlyList<PaperFact> Facts) Execute(
        ChainOperation operation, Market market, Resolution? end)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(market);
        if (Account.Find(operation.Id) is { } done)
            return (new(done, null), []);
        var result = operation.Kind switch
        {
            ChainOperationKind.Split when Account.FreeCash() < Dollars(operation) => OperationResult.Fail(
                VenueErrorKind.Refused,
                $"Not enough balance: ${Account.FreeCash()} is free, ${Dollars(operation)} is to be split."),
            ChainOperationKind.Split => Moved(-Dollars(operation), Pairs(market, operation.Amount.ToMicros)),
            ChainOperationKind.Merge when Free(market) is var free && free < operation.Amount => OperationResult.Fail(
                VenueErrorKind.Refused,
                $"Not enough balance: {free} pairs are free, {operation.Amount} are to be merged."),
            ChainOperationKind.Merge => Moved(Dollars(operation), Pairs(market, -operation.Amount.ToMicros)),
            ChainOperationKind.Redeem when end is null => OperationResult.Fail(
                VenueErrorKind.Unavailable, $"Market {market.Id} has not ended, or is not known yet."),
            ChainOperationKind.Redeem => Redeemed(market, end),
            _ => OperationResult.Fail(VenueErrorKind.Refused, $"{operation.Kind} is not done on paper."),
        };
        return result.Receipt is { HasMoved: true } receipt
            ? (result, [Now(new PaperFact.Executed(operation, receipt, MarketTime))])
            : (result, []);
    }

    private Quantity Free(Market market) =>
        Quantity.Min(Account.FreeShares(market.TokenYes), Account.FreeShares(market.TokenNo));

    private OperationResult Redeemed(Market market, Resolution end)
    {
        var (payout, burned) = (Usdc.Zero, new Dictionary<TokenId, long>());
        foreach (var outcome in Outcomes.Both)
        {
            if (!Account.Tokens.TryGetValue(market.Token(outcome), out var held))
                continue;
            burned.Add(market.Token(outcome), -held.ToMicros);
            payout += end.Payout(outcome).ProceedsOf(held);
        }

        return burned.Count == 0 ? new(ChainReceipt.Nothing, null) : Moved(payout, burned);
    }

    private static Usdc Dollars(ChainOperation operation) => Usdc.FromMicros(operation.Amount.ToMicros);

    private static Dictionary<TokenId, long> Pairs(Market market, long micros) =>
        new() { [market.TokenYes] = micros, [market.TokenNo] = micros };

    private static OperationResult Moved(Usdc cash, IReadOnlyDictionary<TokenId, long> shares) =>
        new(new(cash, shares, TransactionHash: null), null);
}
