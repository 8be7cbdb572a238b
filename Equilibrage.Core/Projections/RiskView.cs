using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>What the risk gate allows, and how much of it is used.</summary>
public sealed record RiskView
{
    /// <summary>The kill switch in force; null while trading is allowed.</summary>
    public HaltView? Halt { get; init; }

    /// <summary>Each limit with its use, in a fixed order.</summary>
    public required IReadOnlyList<LimitView> Limits { get; init; }

    /// <summary>Breakers that are open or on trial, that of all markets first.</summary>
    public required IReadOnlyList<BreakerView> Breakers { get; init; }

    /// <summary>Orders that work now.</summary>
    public required int WorkingOrders { get; init; }

    /// <summary>Equity when the day began, 00:00 UTC of market time.</summary>
    public Usdc? DayEquity { get; init; }

    /// <summary>The highest equity, moved by deposits and withdrawals since.</summary>
    public Usdc? PeakEquity { get; init; }
}

/// <summary>The kill switch in force.</summary>
/// <param name="Cause">What pulled it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Wall time at which it was pulled.</param>
/// <param name="AcknowledgedAt">Wall time at which the venue confirmed that no order is open; null before.</param>
/// <param name="Canceled">Orders canceled for it so far.</param>
/// <param name="OrdersLeft">Orders that may still be open; null before the venue told.</param>
/// <param name="Problem">Why the venue could not be asked the last time; null when it could.</param>
/// <param name="Holds">Switches outside the program that have to be taken away before it can be cleared.</param>
public sealed record HaltView(
    HaltCause Cause, string Reason, DateTimeOffset Since, DateTimeOffset? AcknowledgedAt, int Canceled,
    int? OrdersLeft, string? Problem, IReadOnlyList<string> Holds);

/// <summary>A limit and how much of it is used.</summary>
/// <param name="Key">The setting that holds it.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Used">What is used.</param>
/// <param name="Limit">What is allowed; 0 when the limit is off.</param>
/// <param name="Unit"><c>$</c>, <c>%</c>, or empty for a number.</param>
public sealed record LimitView(string Key, string Label, decimal Used, decimal Limit, string Unit)
{
    /// <summary>Part of the limit that is used, percent, 0 to 100; 0 when it is off.</summary>
    public int Percent => Limit <= 0 ? 0 : (int)Math.Clamp(Math.Round(Used / Limit * 100), 0, 100);
}

/// <summary>A breaker that stops entries.</summary>
/// <param name="MarketId">Its market; null for that of all markets.</param>
/// <param name="MarketName">The market's question, where it is known.</param>
/// <param name="Fault">What opened it.</param>
/// <param name="Until">Wall time at which it lets one trial pass.</param>
/// <param name="IsOnTrial">True while that trial is under way.</param>
public sealed record BreakerView(
    MarketId? MarketId, string? MarketName, CallFault Fault, DateTimeOffset Until, bool IsOnTrial);
