using Equilibrage.Core.Markets;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Trading;

/// <summary>What closing a position, or one leg of it, would bring at the prices on screen.</summary>
public static class CloseEstimate
{
    /// <summary>The question to ask before the legs are sold.</summary>
    /// <param name="position">The position.</param>
    /// <param name="leg">One leg, or null for all that is held.</param>
    public static ConfirmRequest For(PositionView position, Outcome? leg)
    {
        ArgumentNullException.ThrowIfNull(position);
        var legs = position.Legs.Where(each => !each.Held.IsZero && (leg is null || each.Outcome == leg)).ToList();
        var names = string.Join(" and ", legs.Select(each => $"{Words.Shares(each.Held)} {each.Name}"));
        var remainder = leg is null
            ? "The position is closed when both are sold."
            : "The other leg is then held until the market resolves.";
        return new(
            leg is null ? "Close this position?" : $"Sell {legs.FirstOrDefault()?.Name}?",
            $"{names} are sold to the best bids of “{position.MarketName}”. {remainder}",
            "Brings about, before fees",
            Proceeds(legs) is { } amount ? Format.Money(amount) : "not known: there is no current bid",
            leg is null ? "Close position" : "Sell leg",
            Danger: true);
    }

    /// <summary>Held shares at the best bid; null when a bid is missing.</summary>
    public static decimal? Proceeds(IEnumerable<LegView> legs)
    {
        ArgumentNullException.ThrowIfNull(legs);
        var sum = 0m;
        foreach (var leg in legs)
        {
            if (leg.Held.IsZero) continue;
            if (leg.CurrentPrice is not { } price) return null;
            sum += price.ProceedsOf(leg.Held).ToDecimal();
        }

        return sum;
    }
}
