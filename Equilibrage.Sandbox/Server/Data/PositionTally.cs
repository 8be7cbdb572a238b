using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Data;

/// <summary>
/// What an account did in one token, at average cost. Sets that are made or taken apart count one half of a dollar per
/// token. Micro-units throughout.
/// </summary>
internal sealed class PositionTally(AccountId account, MarketId market, Outcome outcome)
{
    private const long Half = Micros.PerUnit / 2;

    /// <summary>Whose.</summary>
    public AccountId Account { get; } = account;

    /// <summary>Market.</summary>
    public MarketId Market { get; } = market;

    /// <summary>Outcome.</summary>
    public Outcome Outcome { get; } = outcome;

    /// <summary>Shares held.</summary>
    public long Size { get; private set; }

    /// <summary>Shares ever acquired.</summary>
    public long Acquired { get; private set; }

    /// <summary>What the held shares cost, without fees.</summary>
    public long Cost { get; private set; }

    /// <summary>Fees on what is held.</summary>
    public long Fees { get; private set; }

    /// <summary>Profit of what is no longer held, after fees.</summary>
    public long Realized { get; private set; }

    /// <summary>Dollars traded.</summary>
    public long Volume { get; private set; }

    /// <summary>Market time of the last event.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>The tallies of an account, from all that is on the chain, oldest token first.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="account">Whose.</param>
    /// <param name="told">Called after each event with the profit realized so far.</param>
    public static IReadOnlyList<PositionTally> Of(
        SimulatedVenue venue, AccountId account, Action<DateTimeOffset, long>? told = null)
    {
        var tallies = new Dictionary<(MarketId, Outcome), PositionTally>();
        var trades = venue.TradesOf(account)
            .Where(trade => trade.Status is TradeStatus.Mined or TradeStatus.Confirmed)
            .Select(trade => (trade.Sequence, Trade: (VenueTrade?)trade, Action: (ChainActionRow?)null));
        var actions = venue.ActionsOf(account)
            .Select(action => (action.Sequence, Trade: (VenueTrade?)null, Action: (ChainActionRow?)action));
        foreach (var (_, trade, action) in trades.Concat(actions).OrderBy(each => each.Sequence))
        {
            if (trade is not null)
            {
                foreach (var side in trade.Makers.Prepend(trade.Taker).Where(side => side.AccountId == account))
                    Tally(trade.MarketId, side.Outcome).Take(side, trade.MatchedAt);
            }
            else
            {
                // Transfers make no position.
                if (action!.MarketId is { } market)
                {
                    Tally(market, Outcome.Yes).Take(action, action.Yes);
                    Tally(market, Outcome.No).Take(action, action.No);
                }
            }

            told?.Invoke(
                trade?.MatchedAt ?? action!.At, tallies.Values.Sum(tally => tally.Realized));
        }

        return [.. tallies.Values.Where(tally => tally.Acquired > 0)];

        PositionTally Tally(MarketId market, Outcome outcome)
        {
            if (!tallies.TryGetValue((market, outcome), out var tally))
                tallies.Add((market, outcome), tally = new(account, market, outcome));
            return tally;
        }
    }

    private void Take(TradeSide side, DateTimeOffset at)
    {
        Volume += side.Notional.ToMicros;
        if (side.Side == Side.Buy)
            Acquire(side.Quantity.ToMicros, side.Notional.ToMicros, side.Fee.ToMicros, at);
        else
            Release(side.Quantity.ToMicros, side.Notional.ToMicros - side.Fee.ToMicros, at);
    }

    private void Take(ChainActionRow action, Quantity shares)
    {
        var micros = shares.ToMicros;
        switch (action.Kind)
        {
            case ChainActionKind.Split:
                Acquire(micros, Value(micros, Half), 0, action.At);
                break;
            case ChainActionKind.Merge:
                Release(micros, Value(micros, Half), action.At);
                break;
            default:
                // The payout goes to the shares that won; halves are shared by what was burned.
                var all = action.Yes.ToMicros + action.No.ToMicros;
                var part = all == 0 ? 0 : (long)((Int128)action.Dollars.ToMicros * micros / all);
                var isWhole = action.Dollars.ToMicros == action.Yes.ToMicros
                    || action.Dollars.ToMicros == action.No.ToMicros;
                var won = action.Dollars.ToMicros == (Outcome == Outcome.Yes ? action.Yes : action.No).ToMicros;
                Release(micros, isWhole ? (won ? action.Dollars.ToMicros : 0) : part, action.At);
                break;
        }
    }

    private static long Value(long shares, long price) => (long)((Int128)shares * price / Micros.PerUnit);

    private void Acquire(long shares, long cost, long fee, DateTimeOffset at)
    {
        if (shares == 0)
            return;
        (Size, Acquired, Cost, Fees, LastAt) = (Size + shares, Acquired + shares, Cost + cost, Fees + fee, at);
    }

    private void Release(long shares, long proceeds, DateTimeOffset at)
    {
        if (shares == 0 || Size == 0)
            return;
        var gone = Math.Min(shares, Size);
        var cost = (long)((Int128)Cost * gone / Size);
        var fees = (long)((Int128)Fees * gone / Size);
        Realized += proceeds - cost - fees;
        (Size, Cost, Fees, LastAt) = (Size - gone, Cost - cost, Fees - fees, at);
    }
}
