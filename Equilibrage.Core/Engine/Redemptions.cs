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
    /// <summary>Asks for every resolved market whose legs are settled and whose claim was not asked for yet.</summary>
    public static void Request(EngineState state, Recorder record)
    {
        foreach (var market in state.Resolutions.Keys.Where(id => !state.PendingRedemptions.Contains(id)).ToList())
        {
            var positions = state.Positions.Values.Where(position => position.MarketId == market).ToList();
            var isSettled = positions.All(position =>
                !position.IsOpen
                && position.Legs.All(leg => leg.Held.IsZero)
                && !state.WorkingOrders(position.Id).Any());
            if (!isSettled)
                continue;
            // A position that never held anything has no claim, and the venue nothing to redeem.
            var hasClaim = positions.Any(position => position.Legs.Any(leg => !leg.Settled.IsZero));
            record.Emit(hasClaim
                ? new EngineOutput.RedemptionRequested(market)
                : new EngineOutput.RedemptionBooked(market, []));
        }
    }

    /// <summary>The market that an operation redeems; null when no such redemption is awaited.</summary>
    public static MarketId? MarketOf(EngineState state, OperationId operation) => state.PendingRedemptions
        .Where(market => ChainOperation.Redemption(market).Id == operation)
        .Select(market => (MarketId?)market)
        .FirstOrDefault();

    /// <summary>
    /// Books a redemption; a payout that differs from our claim is an incident that shows both numbers.
    /// </summary>
    public static void Book(EngineState state, Recorder record, MarketId market, ChainReceipt receipt)
    {
        var claims = state.Positions.Values
            .Where(position => position.MarketId == market)
            .OrderBy(position => position.Id.Value, StringComparer.Ordinal)
            .SelectMany(position => position.Legs
                .Where(leg => !leg.Settled.IsZero)
                .Select(leg => (Position: position.Id, Leg: leg)))
            .ToList();
        var expected = claims.Aggregate(Usdc.Zero, (sum, claim) => sum + claim.Leg.Payout);
        record.Emit(
            new EngineOutput.RedemptionBooked(
                market, [.. claims.Select(claim => Entries.Redeem(claim.Position, claim.Leg))]),
            "venue", $"redeemed:{market}");
        // What somebody else has redeemed pays nothing now: then the comparison with the venue's record decides.
        if (receipt.Cash != expected && receipt.HasMoved)
        {
            record.Emit(new EngineOutput.IncidentRaised(
                $"redemption of {market}",
                $"expected {expected}, the venue paid {receipt.Cash}"));
        }
    }
}
