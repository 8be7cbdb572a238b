using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>Something that needs the operator's eye: an incident, open or closed, or a notice.</summary>
/// <param name="At">Both clocks when it was raised, or last showed other numbers.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Detail">Numbers and the likeliest cause.</param>
public sealed record IncidentView(Stamp At, string Subject, string Detail)
{
    /// <summary>Its id; null for a notice.</summary>
    public IncidentId? Id { get; init; }

    /// <summary>What went wrong.</summary>
    public IncidentKind Kind { get; init; }

    /// <summary>The market that it stops for entries; null when it concerns none, or all.</summary>
    public MarketId? MarketId { get; init; }

    /// <summary>The market's question, where it is known.</summary>
    public string? MarketName { get; init; }

    /// <summary>The token whose shares differ; null for dollars, and where no numbers differ.</summary>
    public TokenId? TokenId { get; init; }

    /// <summary>What our books say, dollars or shares; null where no numbers differ.</summary>
    public decimal? Ours { get; init; }

    /// <summary>What the venue's record says, dollars or shares.</summary>
    public decimal? Venue { get; init; }

    /// <summary>Wall time at which it was closed; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How it was closed.</summary>
    public string? How { get; init; }

    /// <summary>True while it stops entries.</summary>
    public bool IsOpen => Id is not null && ClosedAt is null;

    /// <summary>An incident that is open.</summary>
    public static IncidentView Of(Incident incident, EngineState state)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(state);
        return Of(
            incident.RaisedAt,
            new(incident.Subject, incident.Detail, incident.Id, incident.Kind, incident.MarketId, incident.Difference),
            state);
    }

    /// <summary>An incident or a notice as it was journalled.</summary>
    public static IncidentView Of(Stamp at, EngineOutput.IncidentRaised raised, EngineState state)
    {
        ArgumentNullException.ThrowIfNull(raised);
        ArgumentNullException.ThrowIfNull(state);
        var difference = raised.Difference;
        return new(at, raised.Subject, raised.Detail)
        {
            Id = raised.Id,
            Kind = raised.Kind,
            MarketId = raised.MarketId,
            MarketName = raised.MarketId is { } market ? state.Catalog.Find(market)?.Question : null,
            TokenId = difference is { } shares && shares.Asset != Asset.Usdc ? new(shares.Asset.Value) : null,
            Ours = difference is null ? null : Micros.ToDecimal(difference.Ours),
            Venue = difference is null ? null : Micros.ToDecimal(difference.Venue),
        };
    }
}
