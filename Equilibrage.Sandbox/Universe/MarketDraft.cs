namespace Equilibrage.Sandbox.Universe;

/// <summary>An invented question before it gets ids and figures.</summary>
/// <param name="Category">Canonical category.</param>
/// <param name="GroupTitle">Title of its group; equal titles make one group.</param>
/// <param name="Question">The question.</param>
/// <param name="NameYes">Name of the first outcome.</param>
/// <param name="NameNo">Name of the second outcome.</param>
/// <param name="FairPerMille">Fair price of the first outcome in thousandths, 1 to 999.</param>
/// <param name="IsNegRisk">One of several of which exactly one comes true.</param>
/// <param name="EventStart">Start of play or of the window, or null.</param>
/// <param name="End">Expected end.</param>
internal sealed record MarketDraft(
    string Category, string GroupTitle, string Question, string NameYes, string NameNo, int FairPerMille,
    bool IsNegRisk, DateTimeOffset? EventStart, DateTimeOffset End);
