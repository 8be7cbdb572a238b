using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>The ledger against itself, the positions' lots and their profit.</summary>
internal static class LedgerAudit
{
    /// <summary>Everything that does not add up.</summary>
    public static IEnumerable<AuditDifference> Check(JournalFold fold) =>
        [.. Balances(fold), .. Zero(fold), .. Lots(fold), .. Profit(fold)];

    /// <summary>The ledger's own sums equal the postings added up without it.</summary>
    private static IEnumerable<AuditDifference> Balances(JournalFold fold)
    {
        var folded = fold.State.Ledger.Balances.ToDictionary(balance => balance.Key, balance => balance.Value);
        foreach (var key in fold.Balances.Keys.Union(folded.Keys))
        {
            var (expected, found) = (fold.Balances.GetValueOrDefault(key), folded.GetValueOrDefault(key));
            if (expected != found)
            {
                yield return Make($"{AuditText.Word(key.Account)} {key.Asset}", "balance", expected, found,
                    "the postings come to", "the folded ledger has");
            }
        }
    }

    private static IEnumerable<AuditDifference> Zero(JournalFold fold)
    {
        foreach (var asset in fold.Balances.GroupBy(balance => balance.Key.Asset))
        {
            var sum = asset.Sum(balance => balance.Value);
            if (sum != 0)
                yield return Make($"{asset.Key}", "sum", 0, sum, "all accounts must come to", "they come to");
        }
    }

    /// <summary>Σ lots + external = wallet, for every token.</summary>
    private static IEnumerable<AuditDifference> Lots(JournalFold fold)
    {
        var lots = new Dictionary<TokenId, long>();
        foreach (var position in fold.State.Positions.Values)
        {
            foreach (var leg in position.Legs)
            {
                var unredeemed = leg.Settled.ToMicros - fold.Redeemed.GetValueOrDefault((position.Id, leg.TokenId));
                lots[leg.TokenId] = lots.GetValueOrDefault(leg.TokenId) + leg.Held.ToMicros + unredeemed;
            }
        }

        var external = new Dictionary<TokenId, long>();
        foreach (var posting in fold.Entries.Values
            .Where(booked => booked.Status != EntryStatus.Voided && booked.Entry.PositionId is null)
            .SelectMany(booked => booked.Entry.Postings)
            .Where(posting => posting.Account == LedgerAccount.Holdings))
        {
            var token = new TokenId(posting.Asset.Value);
            external[token] = external.GetValueOrDefault(token) + posting.Micros;
        }

        var wallet = fold.Balances.Where(balance => balance.Key.Account == LedgerAccount.Holdings)
            .ToDictionary(balance => new TokenId(balance.Key.Asset.Value), balance => balance.Value);
        foreach (var token in lots.Keys.Union(external.Keys).Union(wallet.Keys))
        {
            var expected = lots.GetValueOrDefault(token) + external.GetValueOrDefault(token);
            var found = wallet.GetValueOrDefault(token);
            if (expected != found)
            {
                yield return Make($"token {token}", "lots", expected, found,
                    "the positions' lots and what is external come to", "the ledger holds");
            }
        }
    }

    /// <summary>What each position realised by its legs equals what the ledger realised for it.</summary>
    private static IEnumerable<AuditDifference> Profit(JournalFold fold)
    {
        var booked = new Dictionary<PositionId, long>();
        foreach (var entry in fold.Entries.Values.Where(entry => entry.Status != EntryStatus.Voided))
        {
            if (entry.Entry.PositionId is not { } id)
                continue;
            booked[id] = booked.GetValueOrDefault(id) - entry.Entry.Postings
                .Where(posting => posting.Asset == Asset.Usdc
                    && posting.Account is LedgerAccount.RealizedPnl or LedgerAccount.Fees)
                .Sum(posting => posting.Micros);
        }

        foreach (var position in fold.State.Positions.Values)
        {
            var expected = booked.GetValueOrDefault(position.Id);
            var found = position.Legs.Sum(ExpectedPositions.Realized);
            if (expected != found)
            {
                yield return Make($"position {position.Id}", "realized_pnl", expected, found,
                    "the ledger realised", "its legs say");
            }
        }
    }

    private static AuditDifference Make(
        string where, string what, long expected, long found, string first, string second) => new(
            "ledger", where, what, Micros.Format(expected), Micros.Format(found),
            $"ledger {where}: {first} {Micros.Format(expected)}, {second} {Micros.Format(found)}");
}
