using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>Rows of splits, merges and entries that stood on one leg.</summary>
internal static class PairRows
{
    /// <summary>A leg's part of a split or merge in the table of trades.</summary>
    public static TradeRow Trade(
        JournalRecord record, EngineOutput.PairBooked booked, Leg leg, string strategy, string market, string name) =>
        new()
        {
            AccountId = record.AccountId.Value,
            TradeId = $"{booked.Entry.Id}:{Words.Of(leg.Outcome)}",
            StrategyId = strategy,
            MarketId = market,
            MarketName = name,
            PositionId = booked.PositionId.Value,
            TokenId = leg.TokenId.Value,
            Side = Words.Of(leg.Outcome),
            Action = Words.Of(booked.OperationKind),
            PriceMicros = (leg.Outcome == Outcome.Yes ? booked.PriceYes : booked.PriceYes.Complement).ToMicros,
            SharesMicros = booked.Pairs.ToMicros,
            UsdMicros = booked.DollarsOf(leg.Outcome).ToMicros,
            FeeMicros = 0,
            Settlement = Words.Of(booked.Entry.Status),
            TransactionHash = booked.TransactionHash,
            ExecutedAt = record.At.MarketTime,
            RecordedAt = record.At.RecordedAt,
        };

    /// <summary>What a record adds to its market's statistics; null when it adds nothing.</summary>
    public static OneLegStatistics? Counts(JournalRecord record, Position? position)
    {
        if (position is not { Yes.IsWanted: true, No.IsWanted: true })
            return null;
        var none = OneLegStatistics.None(position.MarketId);
        return record.Output switch
        {
            EngineOutput.PositionOpened => none with { Attempts = 1 },
            EngineOutput.PositionMoved { To: PositionState.Active } => none with { Entered = 1 },
            EngineOutput.OneLegDecided decided => none with
            {
                OneLegs = decided.IsFirst ? 1 : 0,
                Chases = decided.Episode.IsChase ? 1 : 0,
                Unwinds = decided.Episode.IsChase ? 0 : 1,
            },
            EngineOutput.OneLegEnded ended => none with { Cost = ended.Cost },
            _ => null,
        };
    }
}
