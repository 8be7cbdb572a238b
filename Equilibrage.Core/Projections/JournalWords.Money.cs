using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>Money and shares that no order moves.</content>
public static partial class JournalWords
{
    private static void Money(Words words) => words
        .On<EngineOutput.AccountOpened>(opened => new(
            "Account opened", $"It begins with {Say.Money(Capital(opened.Deposit))}.", JournalTone.Info));

    private static Usdc Capital(Entry deposit) => Usdc.FromMicros(deposit.Postings
        .Where(posting => posting is { Account: LedgerAccount.Cash } && posting.Asset == Asset.Usdc)
        .Sum(posting => posting.Micros));
}
