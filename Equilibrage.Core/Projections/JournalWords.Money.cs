using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>Money and shares that no order moves.</content>
public static partial class JournalWords
{
    private static void Money(Words words) => words
        .On<EngineOutput.AccountOpened>(opened => new(
            "Account opened", $"It begins with {Say.Money(Capital(opened.Deposit))}.", JournalTone.Info))
        .On<EngineOutput.SharesMoved>((moved, names) => new(
            moved.Micros < 0
                ? $"{Say.Shares(-moved.Micros)} shares of {names.Of(moved.Outcome)} left the position at cost"
                : $"{Say.Shares(moved.Micros)} shares of {names.Of(moved.Outcome)} came to the position at cost",
            Say.Sentence(moved.Why), JournalTone.Warn))
        .On<EngineOutput.ExternalBooked>((booked, names) => new(
            Happened(booked.Activity), Of(booked.Entry, names).Detail, JournalTone.Info))
        .On<EngineOutput.ActivityRead>(read => new(
            "The account's activity is booked", $"Everything up to {Say.Time(read.Through)}.", JournalTone.Neutral));

    private static string Happened(ActivityKind? activity) => activity switch
    {
        ActivityKind.Trade => "Traded elsewhere with the same wallet",
        ActivityKind.Split => "Split elsewhere with the same wallet",
        ActivityKind.Merge => "Merged elsewhere with the same wallet",
        ActivityKind.Convert => "Converted elsewhere with the same wallet",
        ActivityKind.Redeem => "Redeemed beside our positions",
        ActivityKind.Reward => "Reward received",
        ActivityKind.Rebate => "Fees paid back",
        ActivityKind.Yield => "Yield received",
        ActivityKind.Deposit => "Deposit",
        ActivityKind.Withdrawal => "Withdrawal",
        _ => "The venue's number was accepted",
    };

    private static Usdc Capital(Entry deposit) => Usdc.FromMicros(deposit.Postings
        .Where(posting => posting is { Account: LedgerAccount.Cash } && posting.Asset == Asset.Usdc)
        .Sum(posting => posting.Micros));
}
