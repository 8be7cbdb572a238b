using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>What the operator asks for: an event like any other, answered and journalled once per id.</summary>
/// <param name="CommandId">
/// Made by the sender; the same id is answered once and changes nothing the second time.
/// </param>
public abstract record OperatorCommand(string CommandId)
{
    /// <summary>Enter a market now. Skips the score threshold and nothing else.</summary>
    /// <param name="CommandId">Idempotency key.</param>
    /// <param name="MarketId">The market.</param>
    /// <param name="Capital">Dollars, fees included; null takes the configured share of equity.</param>
    /// <param name="RatioYes">Share that buys the first outcome, 0 to 1; null takes the setting.</param>
    public sealed record Enter(string CommandId, MarketId MarketId, Usdc? Capital, decimal? RatioYes)
        : OperatorCommand(CommandId);

    /// <summary>Sell a position's legs.</summary>
    /// <param name="CommandId">Idempotency key.</param>
    /// <param name="PositionId">The position.</param>
    /// <param name="Leg">One leg, or null for both.</param>
    public sealed record Close(string CommandId, PositionId PositionId, Outcome? Leg) : OperatorCommand(CommandId);

    /// <summary>Close an open incident.</summary>
    /// <param name="CommandId">Idempotency key.</param>
    /// <param name="IncidentId">The incident.</param>
    /// <param name="AcceptVenue">
    /// True books the venue's number as it was last read; false closes without a booking, and a difference that is
    /// still there is raised again.
    /// </param>
    public sealed record CloseIncident(string CommandId, IncidentId IncidentId, bool AcceptVenue)
        : OperatorCommand(CommandId);

    /// <summary>Replace the settings; they are validated before they come here and apply to new positions.</summary>
    public sealed record Configure(string CommandId, TradingSettings Settings) : OperatorCommand(CommandId);

    /// <summary>Pull the kill switch: cancel every order, enter nothing, keep exits and settlement.</summary>
    public sealed record Halt(string CommandId, string Reason) : OperatorCommand(CommandId);

    /// <summary>Clear the kill switch; refused while a halt file or variable stands.</summary>
    public sealed record Resume(string CommandId) : OperatorCommand(CommandId);
}
