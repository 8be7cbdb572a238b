using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// What an order gives and wants, in millionths, rounded as the server expects it. All of it is integer arithmetic.
/// </summary>
/// <param name="Maker">What the maker gives: micro-dollars of a purchase, micro-shares of a sale.</param>
/// <param name="Taker">What the maker wants: micro-shares of a purchase, micro-dollars of a sale.</param>
public readonly record struct OrderAmounts(long Maker, long Taker)
{
    // Sizes of resting orders, and what a market order gives, have two decimals whatever the tick is.
    private const long Cent = Micros.PerUnit / 100;

    /// <summary>
    /// Amounts of an order in shares that may rest (GTC, GTD): the price rounded half-up to the tick's decimals, the
    /// size rounded down to 0.01 share, dollars rounded down to the decimals that the tick allows. A price on the grid
    /// loses nothing.
    /// </summary>
    /// <param name="side">Buy or sell.</param>
    /// <param name="price">Limit.</param>
    /// <param name="size">Shares.</param>
    /// <param name="tick">The market's price grid.</param>
    public static OrderAmounts Limit(Side side, Price price, Quantity size, TickSize tick)
    {
        var shares = Floor(size.ToMicros, Cent);
        var dollars = Dollars(shares, RoundPrice(price, tick).ToMicros, tick);
        return side == Side.Buy ? new(dollars, shares) : new(shares, dollars);
    }

    /// <summary>
    /// Amounts of a purchase at once (FOK, FAK): dollars rounded down to cents, shares rounded down, so that the price
    /// that the two amounts make is never below the limit and an ask exactly at the limit crosses.
    /// </summary>
    /// <param name="spend">Most dollars to spend; a better price gives more shares.</param>
    /// <param name="limit">Worst acceptable price, above 0.</param>
    /// <param name="tick">The market's price grid, as the server has it now.</param>
    /// <exception cref="ArgumentOutOfRangeException">The price is below the tick's decimals, or money is negative.
    /// </exception>
    public static OrderAmounts MarketBuy(Usdc spend, Price limit, TickSize tick)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spend.ToMicros, nameof(spend));
        var price = Floor(limit.ToMicros, PriceUnit(tick));
        ArgumentOutOfRangeException.ThrowIfZero(price, nameof(limit));
        var dollars = Floor(spend.ToMicros, Cent);
        var unit = AmountUnit(tick);
        var shares = (Int128)dollars * Micros.PerUnit / ((Int128)price * unit) * unit;
        return new(dollars, Micros.Narrow(shares));
    }

    /// <summary>
    /// The same purchase with its shares rounded down to four decimals: what to send once when the server answers that
    /// it takes no more, because its tick is coarser than the one known here.
    /// </summary>
    public OrderAmounts WithFourDecimalTaker() => this with { Taker = Floor(Taker, 100) };

    /// <summary>Amounts of a sale at once (FOK, FAK): shares rounded down to 0.01, dollars rounded down.</summary>
    /// <param name="size">Shares.</param>
    /// <param name="limit">Worst acceptable price.</param>
    /// <param name="tick">The market's price grid.</param>
    public static OrderAmounts MarketSell(Quantity size, Price limit, TickSize tick)
    {
        var shares = Floor(size.ToMicros, Cent);
        return new(shares, Dollars(shares, Floor(limit.ToMicros, PriceUnit(tick)), tick));
    }

    /// <summary>The price rounded half-up to the decimals of the tick, which may leave the grid of a quarter tick.
    /// </summary>
    public static Price RoundPrice(Price price, TickSize tick)
    {
        var unit = PriceUnit(tick);
        return Price.FromMicros(Floor(price.ToMicros + (unit / 2), unit));
    }

    /// <summary>True for a price that the server takes: on the grid, and one tick or more away from 0 and 1.</summary>
    public static bool IsValidPrice(Price price, TickSize tick) =>
        tick.IsOnGrid(price) && price.ToMicros >= tick.ToMicros && price.ToMicros <= Micros.PerUnit - tick.ToMicros;

    /// <summary>
    /// The price that the server computes from the two amounts, rounded down to the micro-dollar.
    /// </summary>
    /// <exception cref="DivideByZeroException">There are no shares.</exception>
    public Price PriceOf(Side side)
    {
        var (dollars, shares) = side == Side.Buy ? (Maker, Taker) : (Taker, Maker);
        return Price.FromMicros(Micros.Narrow((Int128)dollars * Micros.PerUnit / shares));
    }

    private static long Dollars(long shares, long price, TickSize tick)
    {
        var unit = AmountUnit(tick);
        return Micros.Narrow((Int128)shares * price / ((Int128)Micros.PerUnit * unit) * unit);
    }

    // One unit of the last decimal of a price on this tick, in micro-dollars: a tick of 0.0025 has four decimals.
    private static long PriceUnit(TickSize tick) => tick.ToMicros switch
    {
        >= 100_000 => 100_000,
        >= 10_000 => 10_000,
        5_000 or 1_000 => 1_000,
        _ => 100,
    };

    // Dollars have two decimals more than prices, since sizes have two.
    private static long AmountUnit(TickSize tick) => PriceUnit(tick) / 100;

    private static long Floor(long value, long unit) => value - (value % unit);
}
