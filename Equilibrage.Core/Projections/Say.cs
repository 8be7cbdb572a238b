using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Projections;

/// <summary>
/// The words for values of the domain that pages, alerts and the journal share: English digits, a true minus sign, UTC.
/// </summary>
public static class Say
{
    private const string Minus = "\u2212";

    /// <summary>Dollars: <c>$1,234.50</c>.</summary>
    public static string Money(Usdc amount) => Amount(amount.ToDecimal(), "N2", isSigned: false);

    /// <summary>Dollars with their sign: <c>+$1,234.50</c>.</summary>
    public static string Signed(Usdc amount) => Amount(amount.ToDecimal(), "N2", isSigned: true);

    /// <summary>Dollars to the last micro-dollar, with their sign: <c>−$0.000001</c>.</summary>
    public static string Exactly(Usdc amount) => Amount(amount.ToDecimal(), "#,0.00####", isSigned: true);

    /// <summary>A price in cents: <c>47.3¢</c>.</summary>
    public static string Cents(decimal price, int decimals = 1) =>
        Math.Round(price * 100, decimals, MidpointRounding.AwayFromZero)
            .ToString("N" + decimals, CultureInfo.InvariantCulture) + "¢";

    /// <summary>A price in cents.</summary>
    public static string Cents(Price price) => Cents(price.ToDecimal());

    /// <summary>Shares with two decimals: <c>1,234.50</c>.</summary>
    public static string Shares(Quantity quantity) => Shares(quantity.ToMicros);

    /// <summary>Micro-shares as shares with two decimals.</summary>
    public static string Shares(long micros) => Math.Round(Micros.ToDecimal(micros), 2, MidpointRounding.AwayFromZero)
        .ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A time: <c>12 Mar 14:05:09 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("d MMM HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Text as a sentence of its own; null for none.</summary>
    public static string? Sentence(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";

    /// <summary>An enumeration's value as words: <c>daily loss</c>.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((letter, at) =>
            !char.IsUpper(letter) ? $"{letter}" : at == 0 ? $"{char.ToLowerInvariant(letter)}"
                : $" {char.ToLowerInvariant(letter)}"));

    /// <summary>A state of a position, short enough for a badge.</summary>
    public static string Of(PositionState state) => state switch
    {
        PositionState.Planned => "Planned",
        PositionState.EnteringLeg1 => "Buying 1st leg",
        PositionState.EnteringLeg2 => "Buying 2nd leg",
        PositionState.Active => "Active",
        PositionState.Liquidating => "Selling a leg",
        PositionState.HoldingWinner => "Holding one leg",
        PositionState.Closing => "Closing",
        PositionState.Unwinding => "Unwinding",
        PositionState.Closed => "Closed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>Why a leg ended.</summary>
    public static string Of(ExitReason reason) => reason switch
    {
        ExitReason.Divergence => "Divergence",
        ExitReason.StopLoss => "Stop-loss",
        ExitReason.TakeProfit => "Take-profit",
        ExitReason.Time => "Time exit",
        ExitReason.Manual => "Closed by hand",
        ExitReason.Resolution => "Resolved",
        ExitReason.EntryFailed => "Entry failed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>How a market ended.</summary>
    public static string Of(ResolutionKind kind) => kind switch
    {
        ResolutionKind.Regular => "on time",
        ResolutionKind.Early => "early",
        ResolutionKind.Late => "late",
        ResolutionKind.Disputed => "after a dispute",
        ResolutionKind.Voided => "void",
        ResolutionKind.Split => "as a draw",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    /// <summary>Where an order stands.</summary>
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.PartiallyFilled => "partly filled",
        OrderStatus.Unknown => "unanswered: it is being looked up",
        _ => Words(status),
    };

    /// <summary>What told us of an order.</summary>
    public static string Of(OrderCause cause) => cause switch
    {
        OrderCause.Answer => "known by the venue's answer",
        OrderCause.NoAnswer => "no answer came: the venue may have it",
        OrderCause.NotSent => "it did not reach the venue",
        OrderCause.Feed => "known by the account's feed",
        OrderCause.LookUp => "known by the venue's record, asked for by id",
        OrderCause.Absence => "proven that the venue does not have it",
        _ => Words(cause),
    };

    private static string Amount(decimal amount, string form, bool isSigned)
    {
        var rounded = form == "N2" ? Math.Round(amount, 2, MidpointRounding.AwayFromZero) : amount;
        var sign = rounded switch { < 0 => Minus, > 0 when isSigned => "+", _ => "" };
        return $"{sign}${Math.Abs(rounded).ToString(form, CultureInfo.InvariantCulture)}";
    }
}
