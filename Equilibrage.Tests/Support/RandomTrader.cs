using System.Globalization;
using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>Drives a venue with a seeded sequence of orders, cancels, redemptions and steps.</summary>
internal sealed class RandomTrader(SimulatedVenue venue, long seed)
{
    private readonly ulong key = Noise.Key(seed, "trader");
    private readonly List<VenueOrderId> sent = [];
    private readonly HashSet<MarketId> traded = [];
    private long turn;

    /// <summary>Everything that the venue said, one line each.</summary>
    public StringBuilder Log { get; } = new();

    public SimulatedVenue Venue { get; set; } = venue;

    public List<FeedEvent> Events { get; } = [];

    /// <summary>Wants the books of all markets that are listed now.</summary>
    public void Want() =>
        Venue.SetWanted([.. Venue.Markets().SelectMany(market => new[] { market.TokenYes, market.TokenNo })]);

    public void Act()
    {
        var draw = Noise.Bits(key, (ulong)turn++);
        switch (Noise.Below(Noise.Bits(draw, 1), 10))
        {
            case < 2:
                Say(Venue.Advance(Venue.MarketTime.AddSeconds(300 * (1 + Noise.Below(Noise.Bits(draw, 2), 12)))));
                break;
            case < 3 when sent.Count > 0:
                var order = Venue.Cancel(sent[(int)Noise.Below(Noise.Bits(draw, 3), sent.Count)]);
                Log.AppendLine(CultureInfo.InvariantCulture, $"cancel {order.VenueOrderId} {order.Status}");
                break;
            case < 4:
                foreach (var market in traded)
                {
                    if (Venue.Redeem(Account(draw), market) is { } receipt)
                        Log.AppendLine(CultureInfo.InvariantCulture, $"redeem {market} {receipt.Payout}");
                }

                break;
            default:
                Submit(draw);
                break;
        }

        Say(Venue.Drain());
    }

    private static AccountId Account(ulong draw) => (draw & 1) == 0 ? PracticeWorld.Alice : PracticeWorld.Bob;

    private void Submit(ulong draw)
    {
        var markets = Venue.Markets();
        var market = markets[(int)Noise.Below(Noise.Bits(draw, 4), Math.Min(2, markets.Count))];
        traded.Add(market.Id);
        var outcome = (Outcome)Noise.Below(Noise.Bits(draw, 5), 2);
        var side = (Side)Noise.Below(Noise.Bits(draw, 6), 2);
        var account = Account(draw);
        var listing = Venue.Listing(market.Id)!;
        var near = listing.Path.At(Venue.MarketTime.ToUnixTimeSeconds());
        var own = outcome == Outcome.Yes ? near : 1 - near;
        var cents = Math.Clamp((long)(own * 100) - 6 + Noise.Below(Noise.Bits(draw, 7), 13), 1, 99);
        var shares = 5 + (Noise.Below(Noise.Bits(draw, 8), 90_000_000) / 1_000_000m);
        if (side == Side.Sell && Venue.Account(account)!.Tokens.TryGetValue(market.Token(outcome), out var held))
            shares = Noise.Below(Noise.Bits(draw, 10), 2) == 0 ? held.ToDecimal() : Math.Min(shares, held.ToDecimal());
        OrderType[] types = [OrderType.Fak, OrderType.Fok, OrderType.Gtc, OrderType.Gtc];
        var type = types[Noise.Below(Noise.Bits(draw, 11), 4)];
        var isPostOnly = type == OrderType.Gtc && Noise.Below(Noise.Bits(draw, 12), 3) == 0;
        var order = PracticeWorld.Order(market, outcome, side, cents / 100m, shares, type, isPostOnly, turn);
        var answer = Venue.Submit(account, order);
        sent.Add(order.VenueOrderId);
        Log.AppendLine(CultureInfo.InvariantCulture, $"submit {order.VenueOrderId} {answer.Status} {answer.Reason}");
        foreach (var fill in answer.Fills)
            Log.AppendLine(fill.ToString());
    }

    private void Say(IReadOnlyList<FeedEvent> reports)
    {
        Events.AddRange(reports);
        foreach (var report in reports)
        {
            if (report is FeedEvent.Changed changed)
                Log.AppendJoin(';', changed.Deltas).AppendLine();
            else if (report is not (FeedEvent.Snapshot or FeedEvent.Listed))
                Log.AppendLine(report.ToString());
        }

        if (reports.Any(report => report is FeedEvent.Listed))
            Want();
    }
}
