using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>Which journal records are wanted. Every part is optional; given parts must all hold.</summary>
public sealed record JournalFilter
{
    /// <summary>Records of an order: our id or the venue's.</summary>
    public string? Order { get; init; }

    /// <summary>Records of a position.</summary>
    public PositionId? Position { get; init; }

    /// <summary>Records of a market.</summary>
    public MarketId? Market { get; init; }

    /// <summary>Records of these kinds, such as <c>fill_booked</c>; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>First sequence.</summary>
    public long? FromSequence { get; init; }

    /// <summary>Last sequence.</summary>
    public long? ToSequence { get; init; }

    /// <summary>At or after this market time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this market time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Words that stand in the record or in its market's name; case does not matter.</summary>
    public string? Text { get; init; }
}

/// <summary>A journal record with what it was stored as and the market that it concerns.</summary>
/// <param name="Record">The record.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Payload">Its payload, as JSON.</param>
/// <param name="Market">Its market, where it is known.</param>
public sealed record JournalLine(JournalRecord Record, string Kind, string Payload, Market? Market);

/// <summary>A page of the journal.</summary>
/// <param name="Lines">The records, in the order that was asked for.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record JournalPage(IReadOnlyList<JournalLine> Lines, long? Next);

/// <summary>Reads the journal for people. Reads only.</summary>
public interface IJournalReader
{
    /// <summary>A page of the records that pass a filter.</summary>
    /// <param name="account">The account.</param>
    /// <param name="filter">Which records.</param>
    /// <param name="cursor">The last page's <see cref="JournalPage.Next"/>; null for the first page.</param>
    /// <param name="isNewestFirst">The order.</param>
    /// <param name="limit">Most records, above 0.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<JournalPage> PageAsync(
        AccountId account, JournalFilter filter, long? cursor, bool isNewestFirst, int limit,
        CancellationToken cancellation);

    /// <summary>Our id of an order and its position, by our id or the venue's; null when there is none.</summary>
    Task<(ClientOrderId Order, PositionId Position)?> FindOrderAsync(
        AccountId account, string id, CancellationToken cancellation);

    /// <summary>
    /// Everything about a position from its decision to its payout, oldest first: its own records, and its market's.
    /// </summary>
    Task<IReadOnlyList<JournalLine>> StoryAsync(AccountId account, PositionId id, CancellationToken cancellation);

    /// <summary>The decision that opened a position; null when there was none.</summary>
    Task<DecisionView?> DecisionOfAsync(AccountId account, PositionId id, CancellationToken cancellation);

    /// <summary>A decision by its id; null when it is not kept any more.</summary>
    Task<DecisionView?> DecisionAsync(AccountId account, long id, CancellationToken cancellation);
}
