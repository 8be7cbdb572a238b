using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>Splits, merges and entries that stood on one leg.</content>
public static partial class JournalWords
{
    private static void Execution(Words words) => words
        .On<EngineOutput.PairRequested>(asked => new(
            $"{Verb(asked.Operation.Kind)} of {Say.Shares(asked.Operation.Amount)} pairs asked for",
            Say.Sentence(asked.Why), JournalTone.Neutral))
        .On<EngineOutput.PairBooked>((booked, names) => new(
            $"{Verb(booked.OperationKind)} of {Say.Shares(booked.Pairs)} pairs",
            $"{Say.Money(Usdc.FromMicros(booked.Pairs.ToMicros))} for as many shares of both outcomes; {names.Yes} at "
            + $"{Say.Cents(booked.PriceYes)}, {names.No} at {Say.Cents(booked.PriceYes.Complement)}.",
            JournalTone.Good))
        .On<EngineOutput.PairFailed>(failed => new(
            "The venue would not split or merge", Say.Sentence($"{failed.Why}; the books are used"), JournalTone.Warn))
        .On<EngineOutput.OneLegDecided>(decided => new(
            decided.Episode.IsChase ? "One leg is missing: chase it" : "One leg is missing: sell the other",
            Say.Sentence(decided.Why), JournalTone.Warn))
        .On<EngineOutput.OneLegEnded>(ended => new(
            ended.IsCompleted ? "Both legs are held after all" : "The entry is unwound",
            $"It cost {Say.Money(ended.Cost)}.", ended.IsCompleted ? JournalTone.Good : JournalTone.Warn));

    private static string Verb(ChainOperationKind kind) => kind == ChainOperationKind.Split ? "Split" : "Merge";
}
