namespace Equilibrage.Core.Audit;

/// <summary>One thing that does not add up.</summary>
/// <param name="Area">What was looked at: <c>journal</c>, <c>ledger</c>, <c>exchange</c> or a table's name.</param>
/// <param name="Where">Which row, token, order or record; empty when the area says it all.</param>
/// <param name="What">What differs: a column, <c>cash</c>, <c>row</c>.</param>
/// <param name="Expected">What it should be by the journal, as text; null when there should be nothing.</param>
/// <param name="Found">What stands there, as text; null when nothing does.</param>
/// <param name="Message">All of it in one sentence, both numbers included.</param>
public sealed record AuditDifference(
    string Area, string Where, string What, string? Expected, string? Found, string Message);
