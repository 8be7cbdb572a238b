namespace Equilibrage.Core.Orders;

/// <summary>Everything that moved an account's balances since a moment: complete, never a part.</summary>
/// <param name="Items">The items, oldest first.</param>
/// <param name="Through">
/// Market time up to which nothing is missing. Items that are newer may come with it; the next reading begins here, and
/// shows them again under the same ids.
/// </param>
public sealed record AccountActivity(IReadOnlyList<ActivityItem> Items, DateTimeOffset Through);
