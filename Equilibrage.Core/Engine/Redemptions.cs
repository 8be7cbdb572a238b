using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Turns claims on payouts into cash: asks once all legs of a market are settled, books what the venue paid.
/// </summary>
internal static class Redemptions
{
    /// <summary>
    /// Asks for every resolved market whose legs and trades are settled and whose claim was not asked for yet.
    /// </summary>
    public static void Request(EngineState state, Recorder record)
    {
        foreach (var market in state.Resolutions.Keys.Where(id => !state.PendingRedemptions.Contains(id)).ToList())
        {
            var positions = state.Positions.Values.Where(position => position.MarketId == market).ToList();
            var isSettled = positions.All(position =>
                !position.IsOpen
                && position.Legs.All(leg => leg.Held.IsZero)
                && !state.IsBusy(position.Id)
                && state.Ledger.Pending.All(entry => entry.PositionId != position.Id));
            // A trade that fails after all may give shares back, and a market is redeemed once.
            if (!isSettled)
                continue;
            // A position that never held anything has no claim, and the venue nothing to redeem.
            var hasClaim = positions.Any(position => position.Legs.Any(leg => !leg.Claim.IsZero));
            record.Emit(hasClaim
                ? new EngineOutput.RedemptionRequested(market)
                : new EngineOutput.RedemptionBooked(market, []));
        }
    }

    /// <summary>The market that an operation redeems; null when no such redemption is awaited.</summary>
    public static MarketId? MarketOf(EngineState state, OperationId operation) => state.PendingRedemptions
        .Where(market => state.RedemptionOf(market).Id == operation)
        .Select(market => (MarketId?)market)
        .FirstOrDefault();

    /// <summary>
    /// Books a redemption: our claims, and what the wallet held of the market besides. A payout that differs from both
    /// is told with both numbers.
    /// </summary>
    public static void Book(EngineState state, Recorder record, MarketId market, ChainReceipt receipt)
    {
        var claims = state.Positions.Values
            .Where(position => position.MarketId == market)
            .OrderBy(position => position.Id.Value, StringComparer.Ordinal)
            .SelectMany(position => position.Legs
                .Where(leg => !leg.Claim.IsZero)
                .Select(leg => (Position: position.Id, Leg: leg)))
            .ToList();
        var expected = claims.Aggregate(
            Usdc.Zero, (sum, claim) => sum + claim.Leg.Payout - claim.Leg.RedeemedPayout);
        var owned = claims.GroupBy(claim => claim.Leg.TokenId)
            .ToDictionary(group => group.Key, group => group.Sum(claim => claim.Leg.Claim.ToMicros));
        record.Emit(
            new EngineOutput.RedemptionBooked(
                market, [.. claims.Select(claim => Entries.Redeem(claim.Position, claim.Leg))])
            {
                TransactionHash = receipt.TransactionHash,
            },
            "venue", $"redeemed:{market}:{owned.Values.Sum()}");
        // What somebody else has redeemed pays nothing now: then the account's activity tells.
        if (receipt.HasMoved)
            BookRest(state, record, market, receipt, owned, receipt.Cash - expected);
    }

    private static void BookRest(
        EngineState state, Recorder record, MarketId market, ChainReceipt receipt,
        IReadOnlyDictionary<TokenId, long> owned, Usdc rest)
    {
        var beside = receipt.Shares.Keys.Union(owned.Keys).ToDictionary(
            token => token, token => receipt.Shares.GetValueOrDefault(token) + owned.GetValueOrDefault(token));
        var isExternal = beside.All(moved => moved.Value == -state.Ledger.External(moved.Key));
        if (beside.Values.Any(micros => micros != 0) && isExternal)
        {
            var entry = Entries.External($"external:redeem:{market}:{record.Next}", rest, beside);
            record.Emit(new EngineOutput.ExternalBooked(null, ActivityKind.Redeem, entry, null));
            return;
        }

        if (rest != Usdc.Zero)
        {
            record.Emit(new EngineOutput.IncidentRaised(
                $"redemption of {market}",
                $"expected {receipt.Cash - rest}, the venue paid {receipt.Cash}", Kind: IncidentKind.Redemption));
        }
    }
}
