using System.Globalization;
using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support;

/// <summary>Drives a venue with a seeded sequence of orders, cancels, redemptions and steps.</summary>
internal sealed class RandomTrader(SimulatedVenue venue, long seed)
{
    private static readonly AccountId[] Accounts =
        [PracticeWorld.Alice, PracticeWorld.Bob, new("0xca0ca0ca0ca0ca0ca0ca0ca0ca0ca0ca0ca0ca0c")];

    private static readonly OrderType[] Types =
        [OrderType.Fak, OrderType.Fok, OrderType.Gtc, OrderType.Gtc, OrderType.Gtd];

    private readonly ulong key = Noise.Key(seed, "trader");
    private readonly List<VenueOrderId> sent = [];
    private readonly HashSet<MarketId> traded = [];
    private long turn;

    /// <summary>Everything that the venue said, one line each.</summary>
    public StringBuilder Log { get; } = new();

    public SimulatedVenue Venue { get; set; } = venue;

    public List<VenueEvent> Events { get; } = [];

    /// <summary>Wants the books of all markets that are listed now.</summary>
    public void Want() =>
        Venue.SetWanted([.. Venue.Markets().SelectMany(market => new[] { market.TokenYes, market.TokenNo })]);

    public void Act()
    {
        var draw = Noise.Bits(key, (ulong)turn++);
        switch (Noise.Below(Noise.Bits(draw, 1), 10))
        {
            case < 2:
                // Mostly an hour at most, now and then a day, so that markets end too.
                var most = Noise.Below(Noise.Bits(draw, 17), 6) == 0 ? 300 : 12;
                Say(Venue.Advance(Venue.MarketTime.AddSeconds(300 * (1 + Noise.Below(Noise.Bits(draw, 2), most)))));
                break;
            case < 3 when sent.Count > 0:
                var order = Venue.Cancel(sent[(int)Noise.Below(Noise.Bits(draw, 3), sent.Count)]);
                Log.AppendLine(CultureInfo.InvariantCulture, $"cancel {order.VenueOrderId} {order.Status}");
                break;
            case < 4 when Noise.Below(Noise.Bits(draw, 13), 3) == 0:
                CancelAll(draw);
                break;
            case < 5 when traded.Count > 0:
                Convert(draw);
                break;
            case < 6 when Noise.Below(Noise.Bits(draw, 18), 8) == 0:
                Transfer(draw);
                break;
            case < 6:
                foreach (var market in traded)
                {
                    if (Venue.Redeem(Account(draw), market) is { } receipt)
                        Log.AppendLine(CultureInfo.InvariantCulture, $"redeem {market} {receipt.Cash}");
                }

                break;
            default:
                Submit(draw);
                break;
        }

        Say(Venue.Drain());
    }

    private static AccountId Account(ulong draw) => Accounts[(int)Noise.Below(draw, Accounts.Length)];

    private void CancelAll(ulong draw)
    {
        var market = traded.OrderBy(id => id.Value, StringComparer.Ordinal).FirstOrDefault();
        var ended = Venue.CancelAll(Account(draw), (draw & 1) == 0 ? null : market);
        Log.AppendJoin(' ', ended.Canceled).AppendLine();
        Log.AppendJoin(' ', ended.NotCanceled).AppendLine();
    }

    private void Convert(ulong draw)
    {
        var market = Pick(traded.OrderBy(id => id.Value, StringComparer.Ordinal).ToList(), Noise.Bits(draw, 14));
        var sets = Quantity.FromMicros(1 + Noise.Below(Noise.Bits(draw, 15), 40_000_000));
        var refusal = (draw & 1) == 0
            ? Venue.Split(Account(draw), market, sets)
            : Venue.Merge(Account(draw), market, sets);
        Log.AppendLine(CultureInfo.InvariantCulture, $"convert {market} {sets} {refusal}");
    }

    private void Transfer(ulong draw)
    {
        var amount = Usdc.FromMicros(1 + Noise.Below(Noise.Bits(draw, 19), 90_000_000));
        if ((draw & 1) == 0)
            Venue.Deposit(Account(draw), amount);
        else
            Log.AppendLine(CultureInfo.InvariantCulture, $"withdraw {Venue.Withdraw(Account(draw), amount)}");
    }

    private void Submit(ulong draw)
    {
        var markets = Venue.Markets();
        var market = markets[(int)Noise.Below(Noise.Bits(draw, 4), Math.Min(2, markets.Count))];
        traded.Add(market.Id);
        var outcome = (Outcome)Noise.Below(Noise.Bits(draw, 5), 2);
        var side = (Side)Noise.Below(Noise.Bits(draw, 6), 2);
        var account = Account(draw);
        var near = Venue.Listing(market.Id)!.Path.At(Venue.MarketTime.ToUnixTimeSeconds());
        var own = outcome == Outcome.Yes ? near : 1 - near;
        var cents = Math.Clamp((long)(own * 100) - 6 + Noise.Below(Noise.Bits(draw, 7), 13), 1, 99);
        var type = Pick(Types, Noise.Bits(draw, 11));
        var request = new VenueOrderRequest
        {
            Id = new(DerivedId.Hex("random", turn.ToString(CultureInfo.InvariantCulture))),
            MarketId = market.Id,
            TokenId = market.Token(outcome),
            Outcome = outcome,
            Side = side,
            Limit = Price.FromMicros(cents * 10_000),
            Quantity = Shares(account, market.Token(outcome), side, draw),
            Type = type,
            IsPostOnly = type is OrderType.Gtc or OrderType.Gtd && Noise.Below(Noise.Bits(draw, 12), 3) == 0,
            ExpiresAt = type == OrderType.Gtd
                ? Venue.MarketTime.AddSeconds(100 + Noise.Below(Noise.Bits(draw, 16), 20_000))
                : null,
        };
        if (side == Side.Buy && type is OrderType.Fak or OrderType.Fok)
            request = request with { Spend = Dollars(request.Limit.CostOf(request.Quantity)) };
        Place(account, request);
    }

    private void Place(AccountId account, VenueOrderRequest request)
    {
        var placed = Venue.Place(account, request);
        sent.Add(request.Id);
        Log.AppendLine(
            CultureInfo.InvariantCulture,
            $"place {request.Id} {placed.Order?.Status} {placed.Order?.Matched} {placed.Trade?.Id} {placed.Refusal}");
        foreach (var fill in Venue.Find(request.Id)?.Fills ?? [])
            Log.AppendLine(fill.ToString());
    }

    private Quantity Shares(AccountId account, TokenId token, Side side, ulong draw)
    {
        var drawn = Quantity.FromMicros(5_000_000 + Noise.Below(Noise.Bits(draw, 8), 90_000_000));
        var held = Venue.Account(account)?.Tokens.GetValueOrDefault(token) ?? Quantity.Zero;
        if (side == Side.Sell && !held.IsZero)
            drawn = Noise.Below(Noise.Bits(draw, 10), 2) == 0 ? held : Quantity.Min(drawn, held);
        return drawn.FloorTo(Quantity.FromMicros(10_000));
    }

    private static Usdc Dollars(Usdc cost) => Usdc.FromMicros(cost.ToMicros - (cost.ToMicros % 10_000));

    private static T Pick<T>(IReadOnlyList<T> from, ulong draw) => from[(int)Noise.Below(draw, from.Count)];

    private void Say(IReadOnlyList<VenueEvent> reports)
    {
        Events.AddRange(reports);
        foreach (var report in reports)
        {
            if (report is VenueEvent.BookChanged changed)
                Log.AppendJoin(';', changed.Deltas).AppendLine();
            else if (report is VenueEvent.TradeChanged { Trade: var trade })
                Log.Append(trade.Id).Append(' ').Append(trade.Status).AppendJoin(';', trade.Makers).AppendLine();
            else if (report is not (VenueEvent.BookSeeded or VenueEvent.Listed))
                Log.AppendLine(report.ToString());
        }

        if (reports.Any(report => report is VenueEvent.Listed))
            Want();
    }
}
