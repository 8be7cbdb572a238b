using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>
/// A wallet at a venue that the desk and its user share, drawn from a seed: what each of them does moves its balances,
/// and the venue keeps the record of it.
/// </summary>
internal sealed class WalletStory(EngineBench bench, Random random)
{
    private static readonly ActivityKind[] Incomes = [ActivityKind.Reward, ActivityKind.Rebate, ActivityKind.Yield];
    private static readonly TokenId Foreign = new("77");

    private readonly Dictionary<TokenId, long> shares = [];
    private readonly Dictionary<TradeId, Fill> pending = [];
    private readonly Dictionary<TradeId, bool> settled = [];
    private readonly List<ActivityItem> items = [];
    private int acts;

    /// <summary>Dollars.</summary>
    public Usdc Cash { get; private set; } = Usdc.FromDecimal(1_000);

    /// <summary>Micro-shares per token.</summary>
    public IReadOnlyDictionary<TokenId, long> Shares => shares;

    /// <summary>True while a trade of the desk may still fail.</summary>
    public bool IsPending => pending.Count > 0;

    /// <summary>The user trades, money comes or goes, or an order of the desk is executed or settled.</summary>
    public void Act()
    {
        bench.Pass(random.Next(1, 40), random.Next(3) == 0 ? 0.3 : 0);
        switch (random.Next(9))
        {
            case 0: Move(ActivityKind.Deposit, random.Next(1, 300), []); break;
            case 1 when Cash > Usdc.FromDecimal(600): Move(ActivityKind.Withdrawal, -random.Next(1, 40), []); break;
            case 2: Move(Incomes[random.Next(Incomes.Length)], 1.5m, []); break;
            case 3: Move(ActivityKind.Trade, -4m, [(Foreign, 10)]); break;
            case 4 when shares.GetValueOrDefault(Foreign) > 0: Move(ActivityKind.Trade, 3.9m, [(Foreign, -10)]); break;
            case 5: Move(ActivityKind.Split, -5m, [(bench.Market.TokenYes, 5), (bench.Market.TokenNo, 5)]); break;
            case 6 when bench.State.Positions.Count == 0: bench.Enter(); break;
            case 7: Settle(); break;
            default: Execute(); break;
        }

        if (random.Next(8) == 0)
            bench.Restart();
        bench.QuoteEven();
    }

    /// <summary>The venue shows the account, with its activity since it was last read.</summary>
    public void Show()
    {
        var since = bench.State.Watermark ?? bench.State.OpenedAt;
        var held = shares.Where(own => own.Value > 0)
            .ToDictionary(own => own.Key, own => Quantity.FromMicros(own.Value));
        bench.Process(new EngineEvent.Compared(
            bench.Now, new(Cash, held, []),
            new([.. items.Where(item => item.At >= since)], bench.Now.MarketTime)));
    }

    /// <summary>Every trade of the desk is settled, and the host asks how those were that the engine awaits.</summary>
    public void SettleAll()
    {
        while (IsPending)
            Settle();
        for (var round = 0; round < 3; round++)
        {
            foreach (var trade in bench.State.Ledger.Pending.Select(entry => entry.TradeId!.Value).ToList())
                bench.Feed(new FeedEvent.Settled(bench.Now.MarketTime, trade, settled[trade]));
        }
    }

    private void Execute()
    {
        if (bench.Unanswered.Count == 0)
            return;
        var answer = bench.AnswerTo(bench.Take(), random.Next(3) == 0 ? 20 : null);
        foreach (var fill in answer.Answer!.Fills)
        {
            pending[fill.TradeId] = fill;
            items.Add(ActivityItem.Of(fill, isFinal: false));
            Count(items[^1], 1);
        }

        // The account may be looked at before the answer comes.
        if (random.Next(2) == 0)
            Show();
        bench.Process(answer);
    }

    private void Settle()
    {
        if (!IsPending)
            return;
        var (trade, fill) = pending.First();
        pending.Remove(trade);
        var isConfirmed = settled[trade] = random.Next(4) != 0;
        var item = items.Single(known => known.Trade == trade);
        items.Remove(item);
        if (isConfirmed)
            items.Add(item with { IsFinal = true });
        else
            Count(item, -1);
        if (random.Next(2) == 0)
            Show();
        bench.Feed(new FeedEvent.Settled(bench.Now.MarketTime, fill.TradeId, isConfirmed));
    }

    private void Move(ActivityKind kind, decimal cash, (TokenId Token, int Shares)[] moved)
    {
        acts++;
        var item = new ActivityItem(
            $"act-{acts}", kind, bench.Now.MarketTime, Usdc.FromDecimal(cash),
            moved.ToDictionary(own => own.Token, own => own.Shares * Micros.PerUnit), null, null, $"0x{acts:x}");
        items.Add(item);
        Count(item, 1);
    }

    private void Count(ActivityItem item, int sign)
    {
        Cash = Usdc.FromMicros(Cash.ToMicros + (sign * item.Cash.ToMicros));
        foreach (var (token, micros) in item.Shares)
            shares[token] = shares.GetValueOrDefault(token) + (sign * micros);
    }
}
