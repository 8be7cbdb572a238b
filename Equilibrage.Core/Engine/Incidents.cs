using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Opens incidents and ends them: by rule, or at the operator's word.</summary>
internal static class Incidents
{
    // A trade is settled within a minute or so; one that is not for this long may be one that never will be.
    private static readonly TimeSpan LongestSettlement = TimeSpan.FromMinutes(15);

    /// <summary>The open incident about a balance, if any.</summary>
    public static Incident? Find(EngineState state, Asset asset) =>
        state.Incidents.Values.FirstOrDefault(incident => incident.Difference?.Asset == asset);

    /// <summary>A difference is an incident from now on, or <paramref name="known"/> shows other numbers.</summary>
    public static void Raise(
        EngineState state, Recorder record, Difference difference, string cause, IncidentId? known)
    {
        var asset = difference.Asset;
        var isCash = asset == Asset.Usdc;
        var market = isCash ? null : Activities.MarketOf(state, new TokenId(asset.Value));
        var isBorrowed = !isCash && difference.Ours != AccountComparison.OursOf(state, asset);
        var (kind, name, subject) = (isCash, isBorrowed) switch
        {
            (true, _) => (IncidentKind.Cash, "cash", "cash differs from the venue's record"),
            (_, true) => (IncidentKind.Borrowed, "borrowed", "shares of a position are not in the wallet any more"),
            _ => (IncidentKind.Shares, "shares", "shares differ from the venue's record"),
        };
        var numbers = $"ours {Reconciliation.Format(asset, difference.Ours)}, "
            + $"the venue's {Reconciliation.Format(asset, difference.Venue)}";
        record.Emit(new EngineOutput.IncidentRaised(
            subject, $"{numbers}; most likely: {cause}",
            known ?? new($"{name}-{record.Next}"), kind, market, difference));
    }

    /// <summary>An incident ends by rule.</summary>
    public static void Heal(Recorder record, Incident incident, string how) =>
        record.Emit(new EngineOutput.IncidentClosed(incident.Id, how));

    /// <summary>
    /// Looks for trades that are not settled for too long: their market is not entered until they are.
    /// </summary>
    public static void Watch(EngineState state, EngineEvent cause, Recorder record)
    {
        if (cause is not EngineEvent.MonitorDue)
            return;
        foreach (var incident in state.Incidents.Values.Where(known => known.Kind == IncidentKind.Unsettled).ToList())
        {
            if (state.Ledger.Pending.All(entry => SubjectOf(entry) != incident.Subject))
                Heal(record, incident, "the trade was settled");
        }

        foreach (var entry in state.Ledger.Pending.ToList())
        {
            if (state.FindFill(entry) is not ({ } order, { } fill)
                || state.Now.MarketTime - fill.ExecutedAt < LongestSettlement
                || state.Incidents.Values.Any(incident => incident.Subject == SubjectOf(entry)))
                continue;
            record.Emit(new EngineOutput.IncidentRaised(
                SubjectOf(entry),
                $"{fill.Quantity} shares for ${fill.Notional} were matched at {fill.ExecutedAt:u} and are neither "
                + "confirmed nor failed",
                new($"unsettled-{record.Next}"), IncidentKind.Unsettled, order.Command.MarketId));
        }
    }

    /// <summary>Closes an open incident for the operator; null when that was done.</summary>
    public static Denial? Close(EngineState state, OperatorCommand.CloseIncident close, Recorder record)
    {
        if (!state.Incidents.TryGetValue(close.IncidentId, out var incident))
            return new(DenyReason.UnknownIncident, "it is closed or was never raised");
        if (close.AcceptVenue && incident.Difference is null)
            return new(DenyReason.InvalidAmount, "this incident has no number of the venue's to accept");
        if (close.AcceptVenue && incident.Difference is { } difference)
            Accept(state, record, incident, difference);
        record.Emit(new EngineOutput.IncidentClosed(
            incident.Id,
            close.AcceptVenue ? "the operator accepted the venue's number" : "closed by the operator"));
        return null;
    }

    /// <summary>Books the difference as external; shares that the venue does not show leave our lots at cost.</summary>
    private static void Accept(EngineState state, Recorder record, Incident incident, Difference difference)
    {
        var more = difference.Venue - difference.Ours;
        if (difference.Asset == Asset.Usdc)
        {
            Book(record, incident, Usdc.FromMicros(more), new Dictionary<TokenId, long>());
            return;
        }

        var token = new TokenId(difference.Asset.Value);
        // Shares that were used elsewhere are booked as external already: only the lots do not know it.
        if (incident.Kind != IncidentKind.Borrowed)
            Book(record, incident, Usdc.Zero, new Dictionary<TokenId, long> { [token] = more });
        var legs = state.Positions.Values
            .OrderBy(position => position.OpenedAt).ThenBy(position => position.Id.Value, StringComparer.Ordinal)
            .SelectMany(position => position.Legs.Select(leg => (position.Id, Leg: leg)))
            .Where(owned => owned.Leg.TokenId == token && !owned.Leg.Held.IsZero)
            .ToList();
        foreach (var (position, leg) in legs)
        {
            var lacking = -state.Ledger.External(token);
            if (lacking <= 0)
                break;
            Lots.HandOver(
                state, record, incident.Id.Value, position, leg.Outcome,
                Quantity.FromMicros(Math.Min(lacking, leg.Held.ToMicros)),
                "the operator accepted the venue's number");
        }
    }

    private static void Book(
        Recorder record, Incident incident, Usdc cash, IReadOnlyDictionary<TokenId, long> shares) =>
        record.Emit(new EngineOutput.ExternalBooked(
            null, null, Entries.External($"correction:{incident.Id}", cash, shares), incident.MarketId));

    private static string SubjectOf(Entry entry) => $"trade {entry.TradeId} is not settled";
}
