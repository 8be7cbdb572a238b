using Equilibrage.Core.Accounting;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Trading;

/// <summary>The room between a leg's price and its falling trigger, against the room that it had at entry.</summary>
/// <param name="Percent">Room left, 0 at the trigger, 100 at entry and above.</param>
/// <param name="Trigger">The trigger, dollars a share.</param>
/// <param name="Text">The fall that is left, percent of the current price.</param>
public sealed record TriggerGauge(int Percent, decimal Trigger, string Text)
{
    /// <summary>The colour: far, near or close.</summary>
    public string Level => Percent switch { >= 60 => "far", >= 25 => "near", _ => "close" };

    /// <summary>The gauge of a leg whose trigger is armed; null otherwise.</summary>
    public static TriggerGauge? From(LegView leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        if (leg is not { TriggerPrice: { } trigger, EntryPrice: { } entry, CurrentPrice: { } price }
            || entry <= trigger)
            return null;
        var room = Math.Clamp((price.ToDecimal() - trigger) / (entry - trigger), 0, 1);
        var text = leg.DistancePercent is { } distance ? Format.Percent(Math.Max(distance, 0) / 100) : "–";
        return new((int)Math.Round(room * 100), trigger, text);
    }

    /// <summary>What is to say about a leg without an armed trigger.</summary>
    public static string Describe(LegView leg, PositionState state)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return leg switch
        {
            { Held.IsZero: true, ExitPrice: { } exit } => $"Sold at {Format.Price(exit)}",
            { Held.IsZero: true, ExitReason: { } reason } => Words.Of(reason),
            { Bought.IsZero: true } => state is PositionState.Planned or PositionState.EnteringLeg1
                or PositionState.EnteringLeg2 ? "To be bought" : "Never bought",
            _ => state switch
            {
                PositionState.HoldingWinner => "Held to resolution",
                PositionState.Active => "No trigger armed",
                PositionState.EnteringLeg1 or PositionState.EnteringLeg2 => "Bought",
                PositionState.Closed => "Ended",
                _ => "Being sold",
            },
        };
    }
}
