using Equilibrage.Core.Accounting;

namespace Equilibrage.Core.State;

/// <summary>Two numbers that should be one, in micro-units.</summary>
/// <param name="Asset">Dollars, or the token whose shares differ.</param>
/// <param name="Ours">What our books say.</param>
/// <param name="Venue">What the venue's record says.</param>
public sealed record Difference(Asset Asset, long Ours, long Venue);
