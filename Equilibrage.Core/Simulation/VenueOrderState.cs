using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// A user's order at the simulated venue, with all that has happened to it. Written by the venue only.
/// </summary>
internal sealed class VenueOrderState(VenueOrderRequest request, VenueAccountState account, FeeSchedule fees)
{
    public VenueOrderRequest Request { get; } = request;

    public VenueOrderId Id => Request.Id;

    public VenueAccountState Account { get; } = account;

    public FeeSchedule Fees { get; } = fees;

    /// <summary>When it was matched or began to rest, in the venue's count.</summary>
    public long Sequence { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.Accepted;

    public string? Reason { get; set; }

    /// <summary>The rule that ended it, if one did.</summary>
    public RefusalKind? Refusal { get; set; }

    public bool IsEndedByResolution { get; set; }

    /// <summary>
    /// When a delayed order is matched, milliseconds of market time; 0 for one that never was delayed.
    /// </summary>
    public long DueAtMs { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Micro-shares matched so far.</summary>
    public long Matched { get; set; }

    public List<TradeState> Trades { get; } = [];

    /// <summary>Micro-shares that may still be matched, of an order in shares.</summary>
    public long Remaining => Request.Quantity.ToMicros - Matched;

    public bool IsOpen => !Status.IsTerminal();

    /// <summary>True for an order that may rest.</summary>
    public bool MayRest => Request.Type is OrderType.Gtc or OrderType.Gtd;

    /// <summary>A bid on the axis of the first outcome: buys the first or sells the second.</summary>
    public bool IsBid => (Request.Side == Side.Buy) == (Request.Outcome == Outcome.Yes);

    /// <summary>The limit on the axis of the first outcome.</summary>
    public Price AxisLimit => Request.Outcome == Outcome.Yes ? Request.Limit : Request.Limit.Complement;

    /// <summary>Dollars kept aside for it: its cost, and while it may still take, its fee.</summary>
    public Usdc ReservedCash
    {
        get
        {
            if (!IsOpen || Request.Side == Side.Sell)
                return Usdc.Zero;
            if (Status == OrderStatus.Delayed)
                return Amount();
            return Request.Limit.CostOf(Quantity.FromMicros(Remaining));
        }
    }

    /// <summary>Micro-shares kept aside for it.</summary>
    public long ReservedShares => IsOpen && Request.Side == Side.Sell ? Remaining : 0;

    /// <summary>
    /// What a purchase must find when it arrives: its dollars and, where it takes, the fee at its limit.
    /// </summary>
    public Usdc Amount()
    {
        var dollars = Request.Spend ?? Request.Limit.CostOf(Request.Quantity);
        var shares = Request.Spend is { } spend ? SharesFor(spend) : Request.Quantity;
        return dollars + (MayRest && Status != OrderStatus.Delayed
            ? Usdc.Zero
            : Fees.TakerFeeBudget(Request.Limit, shares));
    }

    /// <summary>An execution's price in the order's own token.</summary>
    public Price OwnPrice(long axisPrice)
    {
        var price = Price.FromMicros(axisPrice);
        return Request.Outcome == Outcome.Yes ? price : price.Complement;
    }

    public VenueOrderView View() => new()
    {
        Request = Request,
        AccountId = Account.Id,
        Status = Status,
        Matched = Quantity.FromMicros(Matched),
        Trades = [.. Trades.Select(trade => trade.Trade.Id)],
        PlacedAt = PlacedAt,
        WasDelayed = DueAtMs > 0,
        Reason = Reason,
        Refusal = Refusal,
        IsEndedByResolution = IsEndedByResolution,
    };

    /// <summary>The order as the desk's port shows it: failed trades count for nothing.</summary>
    public VenueOrder Summary() => new(Id, Status, Fills(), Reason);

    public IReadOnlyList<Fill> Fills() =>
    [
        .. Trades.Where(trade => trade.Trade.Status != TradeStatus.Failed)
            .SelectMany(trade => trade.Trade.FillsOf(Account.Id))
            .Where(fill => fill.VenueOrderId == Id),
    ];

    private Quantity SharesFor(Usdc spend) => Quantity.FromMicros(
        Micros.Narrow((Int128)spend.ToMicros * Micros.PerUnit / Math.Max(1, Request.Limit.ToMicros)));
}
