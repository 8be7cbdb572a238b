using System.Text.Json;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>
/// Starting is recovering: the journal, read back from its JSON, gives the lasting state at every moment.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class RecoveryTests
{
    public static TheoryData<string> Runs =>
        [nameof(Scripts.WholeLife), nameof(Scripts.FailedEntry), nameof(Scripts.ClosedByHand)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Fold_OfTheJournalAfterEveryEvent_EqualsTheLiveState(string run)
    {
        var compared = 0;

        Play(run, bench =>
        {
            Assert.Equal(Lasting.Of(bench.State), Lasting.Of(Fold(bench.Journal)));
            compared++;
        });

        Assert.True(compared >= 10, $"{compared} moments were compared.");
    }

    [Fact]
    public void Fold_OfEveryPrefix_NeverBreaks()
    {
        var journal = Scripts.WholeLife().Journal;
        var state = new EngineState(EngineBench.Account);

        foreach (var record in journal)
        {
            state.Apply(JournalJson.ReadRecord(JournalJson.Write(record)));
            ExpectBalanced(state);
        }

        Assert.Equal(journal.Count, state.Sequence);
    }

    [Fact]
    public void Fold_RecordMissing_IsRefused()
    {
        var journal = Scripts.FailedEntry().Journal;
        var state = new EngineState(EngineBench.Account);
        state.Apply(journal[0]);

        Assert.Throws<InvalidOperationException>(() => state.Apply(journal[2]));
        Assert.Throws<InvalidOperationException>(() => state.Apply(journal[0]));
    }

    [Fact]
    public void Record_WrittenAndReadBack_IsTheSameLine()
    {
        foreach (var record in Scripts.WholeLife().Journal.Concat(Scripts.FailedEntry().Journal))
        {
            var line = JournalJson.Write(record);
            Assert.Equal(line, JournalJson.Write(JournalJson.ReadRecord(line)));
        }
    }

    private static void ExpectBalanced(EngineState state) => Assert.All(
        state.Ledger.Balances.GroupBy(balance => balance.Key.Asset),
        asset => Assert.Equal(0, asset.Sum(balance => balance.Value)));

    private static void Play(string run, Action<EngineBench> afterEvent) => _ = run switch
    {
        nameof(Scripts.WholeLife) => Scripts.WholeLife(afterEvent),
        nameof(Scripts.FailedEntry) => Scripts.FailedEntry(afterEvent),
        _ => Scripts.ClosedByHand(afterEvent),
    };

    private static EngineState Fold(IEnumerable<JournalRecord> journal)
    {
        var state = new EngineState(EngineBench.Account);
        foreach (var record in journal)
            state.Apply(JournalJson.ReadRecord(JournalJson.Write(record)));
        return state;
    }

    /// <summary>The lasting part of a state as one text, closed and forgotten positions left out.</summary>
    private static class Lasting
    {
        public static string Of(EngineState state)
        {
            state.Prune();
            return JsonSerializer.Serialize(
                new
                {
                    state.Sequence,
                    state.IsOpened,
                    state.Settings,
                    Positions = state.Positions.Values.OrderBy(position => position.Id.Value, StringComparer.Ordinal),
                    Orders = state.Orders.Values
                        .OrderBy(order => order.Command.ClientOrderId.Value, StringComparer.Ordinal),
                    Balances = state.Ledger.Balances
                        .Select(balance => $"{balance.Key.Account} {balance.Key.Asset} {balance.Value}")
                        .Order(StringComparer.Ordinal),
                    Pending = state.Ledger.Pending.OrderBy(entry => entry.Id, StringComparer.Ordinal),
                    LastClosed = state.LastClosed.OrderBy(closed => closed.Key.Value, StringComparer.Ordinal),
                    Resolutions = state.Resolutions.Values,
                    Redemptions = state.PendingRedemptions,
                },
                JournalJson.Options);
        }
    }
}
