using System.Reflection;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Tests.Scenarios.Engine;

namespace Equilibrage.Tests.Unit.Projections;

/// <summary>The journal in plain words.</summary>
[Trait("Tier", "Unit")]
public sealed class JournalWordsTests
{
    private static readonly OutcomeNames Names = new("Will it rain?", "Up", "Down", new("1"), new("2"));
    private static readonly PositionId Position = new("00000000-0000-0000-0000-000000000001");
    private static readonly ClientOrderId Order = new("order-1");

    [Fact]
    public void Kinds_EveryOutput_HasWords()
    {
        var outputs = typeof(EngineOutput).GetNestedTypes(BindingFlags.Public)
            .Where(type => type.IsSubclassOf(typeof(EngineOutput)));

        var missing = outputs.Except(JournalWords.Kinds).Select(type => type.Name).ToList();

        Assert.True(
            missing.Count == 0,
            $"No words for {string.Join(", ", missing)}: add a line for each to the table of its area in "
            + "Core/Projections/JournalWords.*.cs, so that the journal page, the timeline and alerts can tell it.");
    }

    [Fact]
    public void Of_EveryRecordOfWholeLives_SaysSomething()
    {
        foreach (var bench in new[] { Scripts.WholeLife(), Scripts.FailedEntry(), Scripts.ClosedByHand() })
        {
            var names = OutcomeNames.Of(bench.Market);
            foreach (var record in bench.Journal)
            {
                var (title, detail, _) = JournalWords.Of(record.Output, names);

                Assert.NotEmpty(title);
                Assert.NotEqual("Recorded", title);
                Assert.True(detail is null || detail.TrimEnd().Length > 1, $"{title}: '{detail}'");
                Assert.DoesNotContain("first outcome", $"{title} {detail}", StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Of_OrderWithItsBook_SaysLimitSizeAndWhatStoodThere()
    {
        var sent = Scripts.WholeLife().Journal.Select(record => record.Output)
            .OfType<EngineOutput.OrderSubmitted>().First();

        var (title, detail, _) = JournalWords.Of(sent, Names);

        Assert.StartsWith("Buy order for", title, StringComparison.Ordinal);
        Assert.Contains("shares, at most 50.0¢ each, FAK.", detail!, StringComparison.Ordinal);
        Assert.EndsWith(
            "The book then: bid 49.0¢ × 10,000, ask 50.0¢ × 10,000, 0.0 s old.", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrderStatus.Filled, OrderCause.Feed, null, "Order filled", "Known by the account's feed.")]
    [InlineData(OrderStatus.Rejected, null, "not enough balance", "Order rejected", "Not enough balance.")]
    [InlineData(
        OrderStatus.Unknown, OrderCause.NoAnswer, "timed out", "Order unanswered: it is being looked up",
        "Timed out. No answer came: the venue may have it.")]
    public void Of_OrderUpdated_SaysTheStatusAndItsCause(
        OrderStatus status, OrderCause? cause, string? why, string title, string detail)
    {
        var words = JournalWords.Of(
            new EngineOutput.OrderUpdated(Order, Position, status, why, null) { Cause = cause }, Names);

        Assert.Equal((title, detail), (words.Title, words.Detail));
    }

    [Fact]
    public void Of_Entry_ShowsEveryMovementToTheMicroDollar()
    {
        var booked = Scripts.WholeLife().Journal.Select(record => record.Output)
            .OfType<EngineOutput.FillBooked>().First();

        var words = JournalWords.Of(booked.Entry, Names);

        Assert.Equal("Ledger: buy", words.Title);
        Assert.Matches(@"^Cash −\$\d+\.\d+, inventory \+\$\d+\.\d+, fees \+\$\d+\.\d+, holdings \+\d+", words.Detail);
    }

    [Fact]
    public void Of_Resolution_UsesTheMarketsOwnNames() => Assert.Equal(
        "Down won; the market resolved early.",
        JournalWords.Of(
            new Resolution(new("0x1"), Price.Zero, ResolutionKind.Early, DateTimeOffset.UnixEpoch), Names));
}
