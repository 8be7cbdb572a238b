using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>What comes from outside, and what the account's activity says of all of it.</summary>
[Trait("Tier", "Integration")]
public sealed class ControlTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Activity_OfTradesTransfersAndOperations_AddsUpToTheBalances()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 20);
        await using var trader = new WireTrader(served);
        var before = (await trader.AccountAsync()).Cash;
        var order = await trader.OrderAsync(Side.Buy, OrderType.Fak, away: false);
        Assert.NotEmpty((await trader.Venue.SubmitAsync(order, default)).Value!.Fills);
        await OkAsync(served, trader, "deposit", "50.25");
        await OkAsync(served, trader, "withdraw", "20");
        var market = order.Command.MarketId;
        var split = new ChainOperation(new("s"), ChainOperationKind.Split, market, null, Quantity.FromDecimal(7));
        Assert.NotNull((await trader.Venue.ExecuteAsync(split, default)).Value);

        AccountActivity? activity = null;
        await Eventually.TrueAsync(async () =>
        {
            activity = (await trader.Venue.GetActivityAsync(PracticeWorld.Start, default)).Value;
            return activity?.Items.Count(item => item.IsFinal) == 4;
        });

        var account = await trader.AccountAsync();
        Assert.Equal(account.Cash - before, activity!.Items.Aggregate(Usdc.Zero, (sum, item) => sum + item.Cash));
        Assert.Equal(
            account.Tokens.ToDictionary(pair => pair.Key, pair => pair.Value.ToMicros),
            activity.Items.SelectMany(item => item.Shares).GroupBy(pair => pair.Key)
                .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)));
        Assert.Equal(
            [ActivityKind.Trade, ActivityKind.Split, ActivityKind.Deposit, ActivityKind.Withdrawal],
            activity.Items.Select(item => item.Kind).Order());
        var trade = activity.Items.Single(item => item.Kind == ActivityKind.Trade);
        Assert.Equal(order.VenueOrderId, trade.Order);
        var later = (await trader.Venue.GetActivityAsync(activity.Through.AddSeconds(1), default)).Value!;
        Assert.Empty(later.Items);
    }

    [Theory]
    [InlineData("deposit", "0")]
    [InlineData("deposit", "-1")]
    [InlineData("deposit", "0.0000001")]
    [InlineData("withdraw", "1000.01")]
    public async Task Transfer_ThatCannotBe_IsRefusedAndMovesNothing(string way, string amount)
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        await using var trader = new WireTrader(served);
        var before = (await trader.AccountAsync()).Cash;

        var answer = await served.PostAsync(
            $"practice/accounts/{trader.Wallet}/{way}", $$"""{"amount":"{{amount}}"}""");

        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
        Assert.Equal(before, (await trader.AccountAsync()).Cash);
    }

    [Theory]
    [InlineData("yes", 1.0)]
    [InlineData("no", 0.0)]
    [InlineData("half", 0.5)]
    public async Task Resolve_Early_EndsTheMarketAsOrderedAndIsRedeemedOnceAlsoAfterARestart(string word, double paid)
    {
        var served = await ServedExchange.StartAsync(postgres, speed: 60);
        try
        {
            await using var trader = new WireTrader(served);
            await trader.AccountAsync();
            var market = await served.FirstMarketAsync();
            var split = new ChainOperation(
                new("s"), ChainOperationKind.Split, market.Id, null, Quantity.FromDecimal(10));
            Assert.NotNull((await trader.Venue.ExecuteAsync(split, default)).Value);

            var answer = await served.PostAsync(
                $"practice/markets/{market.Id}/resolve", $$"""{"outcome":"{{word}}"}""");

            Assert.Equal(word == "half" ? "voided" : "early", answer.GetProperty("kind").GetString());
            IReadOnlyList<Resolution> ended = [];
            await Eventually.TrueAsync(async () =>
                (ended = await served.Exchange.ResolvedAsync([market.Id], default)).Count == 1);
            Assert.Equal((decimal)paid, ended[0].PayoutYes.ToDecimal());
            served = await served.RestartAsync(speed: 60);
            Assert.Equal(ended, await served.Exchange.ResolvedAsync([market.Id], default));
            await using var again = new WireTrader(served, trader);
            var redemption = ChainOperation.Redemption(market.Id);
            var receipt = (await again.Venue.ExecuteAsync(redemption, default)).Value!;
            Assert.Equal(Usdc.FromDecimal(10), receipt.Cash);
            Assert.Equal(receipt.TransactionHash,
                (await again.Venue.ExecuteAsync(redemption, default)).Value!.TransactionHash);
            Assert.Equal(Usdc.FromDecimal(1_000), (await again.AccountAsync()).Cash);
        }
        finally
        {
            await served.DisposeAsync();
        }
    }

    [Fact]
    public async Task Batch_WithOneCallThatFails_LeavesNoTraceOfTheOthers()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var signer = EthereumSigner.Generate();
        var contracts = Contracts.Polygon;
        var safe = WalletDerivation.Safe(signer.Address, contracts);
        var condition = Bytes32.Parse((await served.FirstMarketAsync()).Id.Value);
        var body = new RelayerRequest(contracts).ForSafe(
            signer, safe,
            [
                Calldata.Approve(contracts.Collateral, contracts.Exchange, UInt256.Zero),
                Calldata.Split(contracts, condition, 5_000_000, isNegRisk: false),
                Calldata.Merge(contracts, condition, 5_000_001, isNegRisk: false),
            ],
            0);

        var id = (await served.PostAsync("relayer/submit", System.Text.Encoding.UTF8.GetString(body)))
            .GetProperty("transactionID").GetString();

        JsonElement state = default;
        await Eventually.TrueAsync(async () =>
        {
            state = await served.GetAsync($"relayer/v1/account/transactions/{id}");
            return state.GetProperty("state").GetString() == "STATE_FAILED";
        });
        var record = await served.RecordAsync(new(safe.ToLowerString()));
        Assert.Equal(Usdc.FromDecimal(1_000), record.Cash);
        Assert.Empty(record.Actions);
        var approvals = await served.GetAsync($"data/v2/approvals?user={safe.ToLowerString()}");
        Assert.All(
            approvals.GetProperty("data").EnumerateArray(),
            row => Assert.True(row.GetProperty("approved").GetBoolean()));
    }

    [Fact]
    public async Task Settlement_Partial_MakesTwoTradesOfWhichOneFails()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 30);
        await using var trader = new WireTrader(served);
        await OkAsync(served, trader, "deposit", "100000");
        await served.PostAsync("practice/faults", """{"kind":"partial_settlement"}""");
        var token = (await served.FirstMarketAsync()).TokenYes;
        var asks = (await trader.Access.Clob.GetBookAsync(token, default)).Value!.ToSnapshot().Asks;
        var best = asks.MinBy(level => level.Price);
        var order = await trader.OrderAsync(
            Side.Buy, OrderType.Fak, away: false, shares: best.Quantity.ToDecimal() + 50);

        var fills = (await trader.Venue.SubmitAsync(order, default)).Value!.Fills;

        Assert.Equal(2, fills.Count);
        await Eventually.TrueAsync(async () =>
        {
            var settled = await trader.Venue.GetSettlementsAsync([.. fills.Select(fill => fill.TradeId)], default);
            return settled.Value is { Count: 2 } ends && ends.Values.Order().SequenceEqual([false, true]);
        });
    }

    private static async Task OkAsync(ServedExchange served, WireTrader trader, string way, string amount)
    {
        var answer = await served.PostAsync(
            $"practice/accounts/{trader.Wallet}/{way}", $$"""{"amount":{{amount}}}""");
        Assert.Equal("ok", answer.GetProperty("status").GetString());
    }
}
