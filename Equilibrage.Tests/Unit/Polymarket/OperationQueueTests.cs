using System.Text;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Chain;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Polymarket;

/// <summary>Operations are carried out at most once, whatever dies when, with every kind of wallet.</summary>
[Trait("Tier", "Unit")]
public sealed class OperationQueueTests : IDisposable
{
    private static readonly Contracts Polygon = Contracts.Polygon;

    private readonly EthereumSigner signer = Golden.Signer();
    private readonly SwiftTime time = new();
    private readonly MemoryOperations store = new();

    public void Dispose() => signer.Dispose();

    public static TheoryData<SignatureType, ChainOperationKind> Everything()
    {
        var all = new TheoryData<SignatureType, ChainOperationKind>();
        foreach (var type in Enum.GetValues<SignatureType>())
        {
            foreach (var kind in (ChainOperationKind[])
                [ChainOperationKind.Split, ChainOperationKind.Merge, ChainOperationKind.Redeem])
                all.Add(type, kind);
        }
        return all;
    }

    [Theory, MemberData(nameof(Everything))]
    public async Task Execute_ProcessDiesAtEveryStep_IsCarriedOutOnce(SignatureType type, ChainOperationKind kind)
    {
        var steps = 0;
        var clean = World(type, kind);
        clean.Happens = (_, _) => steps++;
        await RunAsync(clean, new(), type, kind);
        Assert.InRange(steps, 10, 200);

        for (var deadly = 1; deadly <= steps; deadly++)
        {
            var world = World(type, kind);
            var operations = new MemoryOperations();
            var taken = 0;
            world.Happens = (_, _) => taken = ++taken == deadly ? throw new DeadException() : taken;
            await Assert.ThrowsAsync<DeadException>(() => RunAsync(world, operations, type, kind));
            world.Happens = (_, _) => { };

            var receipt = await RunAsync(world, operations, type, kind);

            Judge(world, kind, receipt, $"{type} {kind} dies at step {deadly}");
        }
    }

    [Theory, MemberData(nameof(Everything))]
    public async Task Execute_ProcessDiesAtEveryWrite_IsCarriedOutOnce(SignatureType type, ChainOperationKind kind)
    {
        for (var deadly = 1; deadly <= 4; deadly++)
        {
            var world = World(type, kind);
            var operations = new MemoryOperations();
            var taken = 0;
            operations.Survives = _ => ++taken != deadly;
            var first = await Queue(world, operations, type).ExecuteAsync(Operation(kind), default);
            operations.Survives = _ => true;
            Assert.True(first.Error is { Kind: VenueErrorKind.Unavailable } || taken < deadly);

            var receipt = await RunAsync(world, operations, type, kind);

            Judge(world, kind, receipt, $"{type} {kind} dies at write {deadly}");
        }
    }

    [Theory, MemberData(nameof(Everything))]
    public async Task Execute_AskedAgain_AnswersTheSameReceipt(SignatureType type, ChainOperationKind kind)
    {
        var world = World(type, kind);
        var first = await RunAsync(world, store, type, kind);

        var again = await RunAsync(world, store, type, kind);

        Assert.Equal((first.Cash, first.TransactionHash), (again.Cash, again.TransactionHash));
        Judge(world, kind, again, "asked twice");
    }

    [Theory]
    [InlineData(SignatureType.PolyProxy)]
    [InlineData(SignatureType.PolyGnosisSafe)]
    [InlineData(SignatureType.Poly1271)]
    public async Task Execute_RelayerForgetsTheName_FindsTheTransactionByItsEvents(SignatureType type)
    {
        var world = World(type, ChainOperationKind.Split);
        world.Happens = (name, isBefore) =>
        {
            if (isBefore || name != "/submit")
                return;
            world.ForgetNames();
            throw new DeadException();
        };
        await Assert.ThrowsAsync<DeadException>(() => RunAsync(world, store, type, ChainOperationKind.Split));
        world.Happens = (_, _) => { };

        var receipt = await RunAsync(world, store, type, ChainOperationKind.Split);

        Judge(world, ChainOperationKind.Split, receipt, "by events");
        Assert.Equal([0L], world.SentNonces.Distinct());
    }

    [Theory]
    [InlineData(SignatureType.Eoa)]
    [InlineData(SignatureType.PolyProxy)]
    [InlineData(SignatureType.PolyGnosisSafe)]
    [InlineData(SignatureType.Poly1271)]
    public async Task Execute_AnotherProgramTakesTheNonce_IsSignedAnew(SignatureType type)
    {
        var world = World(type, ChainOperationKind.Merge);
        var isTaken = false;
        world.Happens = (name, isBefore) =>
        {
            if (!isBefore || isTaken || name is not ("/submit" or "eth_sendRawTransaction"))
                return;
            isTaken = true;
            world.UseNonce();
        };

        var receipt = await RunAsync(world, store, type, ChainOperationKind.Merge);

        Judge(world, ChainOperationKind.Merge, receipt, "overtaken");
        Assert.Equal([0L, 1], world.SentNonces.Distinct());
    }

    [Fact]
    public async Task Execute_TwoAtOnce_TakeOneNonceAfterAnother()
    {
        var world = World(SignatureType.PolyGnosisSafe, ChainOperationKind.Merge);
        var queue = Queue(world, store, SignatureType.PolyGnosisSafe);
        var second = Operation(ChainOperationKind.Merge) with { Id = new("op-2") };

        var answers = await Task.WhenAll(
            queue.ExecuteAsync(Operation(ChainOperationKind.Merge), default), queue.ExecuteAsync(second, default));

        Assert.All(answers, answer => Assert.Equal(Usdc.FromDecimal(5), answer.Value!.Cash));
        Assert.NotEqual(answers[0].Value!.TransactionHash, answers[1].Value!.TransactionHash);
        Assert.Equal([0L, 1], world.SentNonces);
    }

    [Fact]
    public async Task Execute_SpenderNotApproved_SaysWhatToApprove()
    {
        var world = World(SignatureType.Eoa, ChainOperationKind.Split);
        world.IsApproved = false;

        var answer = await Queue(world, store, SignatureType.Eoa).ExecuteAsync(
            Operation(ChainOperationKind.Split), default);

        Assert.Equal(VenueErrorKind.Refused, answer.Error!.Kind);
        Assert.Contains(Polygon.CollateralAdapter.ToString(), answer.Error.Message, StringComparison.Ordinal);
        Assert.Contains("pUSD", answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(world.SentNonces);
    }

    [Fact]
    public async Task Execute_MarketNotResolvedOnTheChain_Waits()
    {
        var world = World(SignatureType.Eoa, ChainOperationKind.Redeem);
        world.IsResolved = false;

        var answer = await Queue(world, store, SignatureType.Eoa).ExecuteAsync(
            Operation(ChainOperationKind.Redeem), default);

        Assert.Equal(VenueErrorKind.Unavailable, answer.Error!.Kind);
        Assert.Contains("not resolved on the chain", answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(world.SentNonces);
    }

    [Fact]
    public async Task Execute_NothingHeld_IsDoneWithoutATransaction()
    {
        var world = World(SignatureType.Poly1271, ChainOperationKind.Redeem);
        Array.Clear(world.Shares);

        Assert.False((await RunAsync(world, store, SignatureType.Poly1271, ChainOperationKind.Redeem)).HasMoved);
        Assert.Empty(world.SentNonces);
    }

    [Fact]
    public async Task Execute_MoreThanIsHeld_IsRefused()
    {
        var world = World(SignatureType.PolyProxy, ChainOperationKind.Merge);
        world.Shares[1] = 4_990_000;

        var answer = await Queue(world, store, SignatureType.PolyProxy).ExecuteAsync(
            Operation(ChainOperationKind.Merge), default);

        Assert.Contains("4.99 pairs", answer.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wallet busy: active action")]
    [InlineData("wallet has in-flight action")]
    public async Task Execute_WalletBusy_TriesAgainWithTheSameNonce(string words)
    {
        var world = World(SignatureType.Poly1271, ChainOperationKind.Merge);
        world.Refusals.Enqueue(Reply(400, words));

        Judge(
            world, ChainOperationKind.Merge,
            await RunAsync(world, store, SignatureType.Poly1271, ChainOperationKind.Merge), words);
        Assert.Equal([0L], world.SentNonces);
    }

    [Fact]
    public async Task Execute_CallBlocked_FailsAndIsNotSentAgainAtOnce()
    {
        var world = World(SignatureType.PolyGnosisSafe, ChainOperationKind.Merge);
        world.Refusals.Enqueue(Reply(400, "call blocked"));
        var queue = Queue(world, store, SignatureType.PolyGnosisSafe);

        var first = await queue.ExecuteAsync(Operation(ChainOperationKind.Merge), default);
        var again = await queue.ExecuteAsync(Operation(ChainOperationKind.Merge), default);

        Assert.Equal("The relayer refused it: call blocked", first.Error!.Message);
        Assert.Equal((first.Error, VenueErrorKind.Refused), (again.Error, again.Error!.Kind));
        Assert.Empty(world.SentNonces);
    }

    [Fact]
    public async Task Execute_QuotaUsedUp_WaitsUntilTomorrowAndSaysSo()
    {
        var world = World(SignatureType.PolyProxy, ChainOperationKind.Merge);
        world.Refusals.Enqueue(Reply(429, "daily quota exceeded"));
        var queue = Queue(world, store, SignatureType.PolyProxy);

        var answer = await queue.ExecuteAsync(Operation(ChainOperationKind.Merge), default);

        Assert.Equal(VenueErrorKind.Unavailable, answer.Error!.Kind);
        Assert.Contains("quota for today is used up", answer.Error.Message, StringComparison.Ordinal);
        Assert.Empty(world.SentNonces);
        var today = time.GetUtcNow().Date;
        var receipt = await RunAsync(world, store, SignatureType.PolyProxy, ChainOperationKind.Merge);
        Judge(world, ChainOperationKind.Merge, receipt, "the day after");
        Assert.Equal(today.AddDays(1), time.GetUtcNow().Date);
    }

    private async Task<ChainReceipt> RunAsync(
        ChainWorld world, MemoryOperations operations, SignatureType type, ChainOperationKind kind)
    {
        using var queue = Queue(world, operations, type);
        for (var tries = 0; tries < 500; tries++)
        {
            var answer = await queue.ExecuteAsync(Operation(kind), default);
            if (answer.Value is { } receipt)
                return receipt;
            Assert.Equal(VenueErrorKind.Unavailable, answer.Error!.Kind);
        }
        throw new InvalidOperationException("It never ends.");
    }

    private OperationQueue Queue(ChainWorld world, MemoryOperations operations, SignatureType type)
    {
        var wallet = Wallet(type);
        var chain = new JsonRpcClient(world);
        var own = ChainWallet.Of(
            wallet, signer, chain, new RelayerClient(world, NoKey.Instance, time), Polygon, time);
        var runner = new OperationRunner(
            operations, new(new(world), new(world), own.Reader, Polygon), new(chain, Polygon, wallet.Funder),
            own.Actions, chain, Polygon, wallet.Funder, time, NullLogger<OperationRunner>.Instance);
        return new(operations, runner, new MarketClock(time, false), time, NullLogger<OperationQueue>.Instance);
    }

    private ChainWorld World(SignatureType type, ChainOperationKind kind)
    {
        var world = new ChainWorld(time, Wallet(type)) { IsResolved = kind == ChainOperationKind.Redeem };
        if (kind != ChainOperationKind.Split)
            (world.Shares[0], world.Shares[1]) = (10_000_000, 12_000_000);
        return world;
    }

    private TradingWallet Wallet(SignatureType type) => new(signer.Address, type switch
    {
        SignatureType.PolyProxy => WalletDerivation.Proxy(signer.Address, Polygon),
        SignatureType.PolyGnosisSafe => WalletDerivation.Safe(signer.Address, Polygon),
        SignatureType.Poly1271 => WalletDerivation.DepositWallet(signer.Address, Polygon),
        _ => signer.Address,
    }, type);

    private static ChainOperation Operation(ChainOperationKind kind) => kind == ChainOperationKind.Redeem
        ? ChainOperation.Redemption(new(ChainWorld.Market))
        : new(new("op-1"), kind, new(ChainWorld.Market), new("p-1"), Quantity.FromDecimal(5));

    private static void Judge(ChainWorld world, ChainOperationKind kind, ChainReceipt receipt, string when)
    {
        var (cash, yes, no) = kind switch
        {
            ChainOperationKind.Split => (-5_000_000L, 5_000_000L, 5_000_000L),
            ChainOperationKind.Merge => (5_000_000, -5_000_000, -5_000_000),
            _ => (10_000_000, -10_000_000, -12_000_000),
        };
        Assert.True(world.Done.Count == 1, $"{when}: carried out {world.Done.Count} times");
        Assert.True(
            (receipt.Cash.ToMicros, receipt.Shares[new("41")], receipt.Shares[new("42")]) == (cash, yes, no),
            $"{when}: {receipt}");
        Assert.True(world.Dollars == 100_000_000 + cash, $"{when}: {world.Dollars}");
    }

    private static RestReply Reply(int status, string words) =>
        new(status, Encoding.UTF8.GetBytes($$"""{"error":"{{words}}"}"""), null);

    private sealed class DeadException : Exception;

    private sealed class NoKey : IRequestAuthorizer
    {
        public static readonly NoKey Instance = new();

        public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now)
        {
        }
    }
}
