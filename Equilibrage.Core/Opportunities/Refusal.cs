using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// A refusal by an eligibility rule with its numbers still as numbers: a scan refuses tens of thousands of markets, and
/// few of those sentences are ever read.
/// </summary>
/// <param name="Reason">The rule.</param>
/// <param name="Outcome">The side that it refused on, where the rule looks at one.</param>
/// <param name="Found">What was found, in millionths.</param>
/// <param name="Limit">What was allowed, in millionths.</param>
/// <param name="UpperLimit">The upper end, where the rule has two.</param>
public readonly record struct Refusal(
    DenyReason Reason, Outcome? Outcome = null, long Found = 0, long Limit = 0, long UpperLimit = 0)
{
    private string SideText => Outcome == Markets.Outcome.No ? "NO" : "YES";

    /// <summary>The refusal in words.</summary>
    public Denial ToDenial() => new(Reason, Detail());

    private string Detail() => Reason switch
    {
        DenyReason.NoQuote => $"the {SideText} side has no {(Found == 0 ? "ask" : "bid")}",
        DenyReason.GhostBook => $"the {SideText} quote is {Micros.Format(Found)}/{Micros.Format(Limit)}",
        DenyReason.PriceBand =>
            $"the {SideText} ask {Micros.Format(Found)} is outside {Micros.Format(Limit)}-{Micros.Format(UpperLimit)}",
        DenyReason.PairCost => $"both asks cost {Micros.Format(Found)}, more than {Micros.Format(Limit)}",
        DenyReason.BidTooFarBelowAsk =>
            $"the {SideText} bid {Micros.Format(Found)} is not above {Micros.Format(Limit)}",
        DenyReason.ThinDepth => $"{Shares(Found)} {SideText} shares are bid for, {Shares(Limit)} are wanted",
        DenyReason.BelowMinimumSize => $"{Shares(Found)} {SideText} shares are below the minimum of {Shares(Limit)}",
        DenyReason.TooCloseToEnd => Found <= 0
            ? $"the decisive moment passed {Hours(-Found)} h ago"
            : $"{Hours(Found)} h remain, at least {Hours(Limit)} are wanted",
        _ => "",
    };

    private static string Shares(long micros) =>
        Micros.ToDecimal(micros).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Hours(long micros) => Micros.ToDecimal(micros).ToString("0.#", CultureInfo.InvariantCulture);
}
