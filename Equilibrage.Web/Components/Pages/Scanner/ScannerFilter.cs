using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Scanner;

/// <summary>Which markets the scanner lists.</summary>
/// <param name="Text">Part of the question, group or category; case does not matter.</param>
/// <param name="MinScore">Lowest score, 1 to 10.</param>
/// <param name="EligibleOnly">True to list only what may be entered.</param>
/// <param name="Reason">Only what this rule refused.</param>
public sealed record ScannerFilter(
    string Text = "", int MinScore = 1, bool EligibleOnly = false, DenyReason? Reason = null)
{
    /// <summary>True when nothing is filtered out.</summary>
    public bool IsEmpty => Text.Length == 0 && MinScore <= 1 && !EligibleOnly && Reason is null;

    /// <summary>True when a market is listed.</summary>
    public bool Matches(OpportunityView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Opportunity.Score >= MinScore && MatchesVerdict(item.FinalReason()) && MatchesText(item);
    }

    private bool MatchesVerdict(DenyReason? reason) =>
        (!EligibleOnly || reason is null) && (Reason is null || reason == Reason);

    private bool MatchesText(OpportunityView item) =>
        Text.Length == 0
        || item.Market.Question.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || item.Market.Category.Contains(Text, StringComparison.OrdinalIgnoreCase)
        || item.Market.GroupTitle?.Contains(Text, StringComparison.OrdinalIgnoreCase) is true;
}
