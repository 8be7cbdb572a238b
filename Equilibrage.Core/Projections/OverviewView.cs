using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Projections;

/// <summary>Money and shares at one sequence: equity = cash + holdings, to the micro-dollar.</summary>
public sealed record OverviewView
{
    /// <summary>Mode of the process, such as <c>sandbox</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Sequence of the last journalled record that this shows.</summary>
    public required long Sequence { get; init; }

    /// <summary>Market time.</summary>
    public required DateTimeOffset MarketTime { get; init; }

    /// <summary>Wall time.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Cash plus holdings.</summary>
    public required Usdc Equity { get; init; }

    /// <summary>All collateral, reservations included.</summary>
    public required Usdc Cash { get; init; }

    /// <summary>Held shares at the best bid each, a resolved token at its payout.</summary>
    public required Usdc Holdings { get; init; }

    /// <summary>Collateral set aside for working orders; part of cash.</summary>
    public required Usdc Reserved { get; init; }

    /// <summary>Net collateral of trades that are matched and not confirmed; part of cash.</summary>
    public required Usdc Unsettled { get; init; }

    /// <summary>Cash of which every trade is confirmed: cash minus <see cref="Unsettled"/>.</summary>
    public Usdc Settled => Cash - Unsettled;

    /// <summary>Rewards, presents, yield, and fees that the venue paid back; part of cash.</summary>
    public Usdc Income { get; init; }

    /// <summary>Payouts that are not redeemed yet; part of holdings.</summary>
    public required Usdc Redeemable { get; init; }

    /// <summary>What the open positions cost so far, plus reservations.</summary>
    public required Usdc Allocated { get; init; }

    /// <summary>Collateral that a new position may use.</summary>
    public required Usdc Available { get; init; }

    /// <summary>Profit of all that was closed, after all fees paid.</summary>
    public required Usdc RealizedPnl { get; init; }

    /// <summary>
    /// Holdings minus what they cost. Equity = capital + income + realised + unrealised.
    /// </summary>
    public required Usdc UnrealizedPnl { get; init; }

    /// <summary>Fees paid so far.</summary>
    public required Usdc Fees { get; init; }

    /// <summary>Deposits minus withdrawals, and what the wallet's doings beside us brought or cost.</summary>
    public required Usdc Capital { get; init; }

    /// <summary>Positions that use a slot.</summary>
    public required int ActivePositions { get; init; }

    /// <summary>Slots.</summary>
    public required int MaxPositions { get; init; }

    /// <summary>Every held token with the bid that values it.</summary>
    public required IReadOnlyList<HoldingView> Legs { get; init; }

    /// <summary>What the wallet holds and no position owns: shown, never sold, not part of equity.</summary>
    public IReadOnlyList<ExternalView> External { get; init; } = [];

    /// <summary>Orders that work at the venue and are not ours, as last read.</summary>
    public int ExternalOrders { get; init; }

    /// <summary>Executions that were matched and then failed to settle, newest first, at most a hundred.</summary>
    public IReadOnlyList<GhostView> GhostFills { get; init; } = [];
}

/// <summary>A held token and its value.</summary>
/// <param name="TokenId">The token.</param>
/// <param name="Shares">Shares held.</param>
/// <param name="Bid">Best bid, or the last trusted one, or the payout; null when there never was one.</param>
/// <param name="Value">Shares times bid, rounded down.</param>
/// <param name="Stale">True when the bid is not from a trusted book.</param>
public sealed record HoldingView(TokenId TokenId, Quantity Shares, Price? Bid, Usdc Value, bool Stale);
