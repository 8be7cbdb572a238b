using System.Globalization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Live;

/// <summary>Why something happened: the question, and the chain from cause to end.</summary>
/// <param name="Subject">What was asked about, such as <c>order 5f0c…</c>.</param>
/// <param name="PositionId">Its position, if it has one.</param>
/// <param name="MarketName">Its market's question, where it is known.</param>
/// <param name="Steps">The chain, oldest first.</param>
public sealed record JournalStory(
    string Subject, PositionId? PositionId, string? MarketName, IReadOnlyList<WhyStep> Steps);

/// <summary>Puts stories together from the journal, the decisions and the history; for the page and for REST.</summary>
public sealed class JournalStories(IJournalReader journal, IHistory history, IDesk desk)
{
    private AccountId Account => new(desk.Info.Account);

    /// <summary>The story of an order, by our id or the venue's; null when there is none.</summary>
    public async Task<JournalStory?> OfOrderAsync(string id, CancellationToken cancellation)
    {
        if (await journal.FindOrderAsync(Account, id, cancellation) is not { } found)
            return null;
        var (story, market) = await StoryAsync(found.Position, cancellation);
        return new($"order {found.Order}", found.Position, market, story.OfOrder(found.Order));
    }

    /// <summary>The story of a position; null when there is none.</summary>
    public async Task<JournalStory?> OfPositionAsync(PositionId id, CancellationToken cancellation)
    {
        var (story, market) = await StoryAsync(id, cancellation);
        var steps = story.OfPosition();
        return steps.Count == 0 ? null : new($"position {id}", id, market, steps);
    }

    /// <summary>The story of a decision, a refusal too; null when it is not kept any more.</summary>
    public async Task<JournalStory?> OfDecisionAsync(long id, CancellationToken cancellation)
    {
        if (await journal.DecisionAsync(Account, id, cancellation) is not { } decision)
            return null;
        var subject = string.Create(CultureInfo.InvariantCulture, $"decision {id}");
        return decision.PositionId is { } position && await OfPositionAsync(position, cancellation) is { } whole
            ? whole with { Subject = subject }
            : new(subject, null, decision.MarketName, WhyStory.Of(Verdict(decision)));
    }

    private async Task<(WhyStory Story, string? Market)> StoryAsync(PositionId id, CancellationToken cancellation)
    {
        var lines = await journal.StoryAsync(Account, id, cancellation);
        var decision = await journal.DecisionOfAsync(Account, id, cancellation);
        var position = desk.Current.Positions.FirstOrDefault(open => open.Id == id)
            ?? await history.PositionAsync(Account, id, cancellation);
        var market = lines.Select(line => line.Market).FirstOrDefault(found => found is not null);
        return (
            new(
                decision is null ? null : Verdict(decision), [.. lines.Select(line => line.Record)],
                OutcomeNames.Of(market), position),
            market?.Question);
    }

    private static WhyVerdict Verdict(DecisionView decision) => new(
        decision.At, decision.MarketName, decision.Score, decision.RawScore, decision.Factors, decision.Denial, []);
}
