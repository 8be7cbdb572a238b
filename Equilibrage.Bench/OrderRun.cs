using System.Buffers;
using System.Diagnostics;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Bench;

/// <summary>One kind of work: best time of many rounds, and allocation over all of them.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Nanoseconds">Time each.</param>
/// <param name="Bytes">Bytes allocated each.</param>
/// <param name="Signs">True for what the official client does, too.</param>
internal sealed record OrderTiming(string Work, double Nanoseconds, double Bytes, bool Signs);

/// <summary>
/// An order from what a strategy decided to the bytes of <c>POST /order</c>, and the code that authenticates them. The
/// peers run in the same turns: the signature alone, and the exchange's official client.
/// </summary>
internal sealed class OrderRun
{
    private const int Turns = 3;
    private const int Rounds = 60;
    private const int OrdersPerRound = 200;
    private const string Token = "71321045679252212594626385532706912750332728571942532289631379312455583992563";
    private const string Owner = "9180014b-33c8-9240-a14b-bdca11c0a465";
    private const long Now = 1_777_377_600_000;

    private readonly EthereumSigner signer = EthereumSigner.FromBytes(Enumerable.Repeat((byte)7, 32).ToArray());
    private readonly ExchangeDomain domain = ExchangeDomain.For(Contracts.PolygonChainId, isNegRisk: false);
    private readonly ArrayBufferWriter<byte> body = new(4096);
    private readonly byte[] signature = new byte[OrderSignature.MaxLength];
    private readonly byte[] code = new byte[RequestSigner.CodeLength];
    private readonly TradingWallet own;
    private readonly TradingWallet deposit;
    private readonly RequestSigner requests;

    private OrderRun()
    {
        own = TradingWallet.Own(signer.Address);
        deposit = new(
            signer.Address, WalletDerivation.DepositWallet(signer.Address, Contracts.Polygon), SignatureType.Poly1271);
        requests = new(new(Owner, new string('A', 43), "passphrase"), signer.Address);
    }

    /// <summary>
    /// Our work, then the peers: the raw signature and the official client, null where they cannot run.
    /// </summary>
    public static (IReadOnlyList<OrderTiming> Ours, PeerTiming? Raw, PeerTiming? Client) Measure()
    {
        var run = new OrderRun();
        var folder = Directory.CreateTempSubdirectory("equilibrage-bench-").FullName;
        try
        {
            var program = Peers.BuildSignatures(folder);
            (OrderTiming[]? ours, PeerTiming? raw, PeerTiming? client) = (null, null, null);
            for (var turn = 0; turn < Turns; turn++)
            {
                OrderTiming[] now = [.. run.Works().Select(work => Time(work.Name, work.Signs, work.Work))];
                ours = ours is null
                    ? now
                    : [.. ours.Zip(now, (left, right) => left.Nanoseconds <= right.Nanoseconds ? left : right)];
                raw = Peers.Best(raw, program is null ? null : Peers.Time(program, ["libsecp256k1.so.1"]));
                client = Peers.Best(client, Peers.Time("node", [Peers.FileOf("orders.mjs")]));
            }
            return (ours!, raw, client);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            run.signer.Dispose();
        }
    }

    private IEnumerable<(string Name, bool Signs, Action<int> Work)> Works() =>
    [
        ("build, sign, serialise: an account of its own (type 0)", true, index => Order(own, index)),
        ("build, sign, serialise: a deposit wallet (type 3)", true, index => Order(deposit, index)),
        ("build and hash: the order's id, before anything is sent", false, index => _ = Build(own, index).Id(domain)),
        ("authenticate that body (HMAC)", false, _ => Authenticate()),
    ];

    private static OrderTiming Time(string name, bool signs, Action<int> work)
    {
        for (var index = 0; index < OrdersPerRound; index++)
            work(index);
        var (best, bytes) = (double.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var index = 0; index < OrdersPerRound; index++)
                work(index);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalNanoseconds / OrdersPerRound);
        }
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new(name, best, (double)bytes / Rounds / OrdersPerRound, signs);
    }

    private static ExchangeOrder Build(TradingWallet wallet, int index)
    {
        var (price, size) = (
            Price.FromMicros(10_000 * (1 + (index % 98))), Quantity.FromMicros((5 + index) * Micros.PerUnit));
        var amounts = OrderAmounts.Limit(Side.Buy, price, size, TickSize.Cent);
        return ExchangeOrder.Of(wallet, UInt256.Parse(Token), Side.Buy, amounts, 177_737_760_000 + index, Now);
    }

    private void Order(TradingWallet wallet, int index)
    {
        var order = Build(wallet, index);
        var length = OrderSignature.Sign(signer, order, domain, signature);
        body.ResetWrittenCount();
        OrderJson.Write(body, new()
        {
            Order = order,
            Signature = signature.AsMemory(0, length),
            Owner = Owner,
            Type = WireOrderType.Gtc,
        });
    }

    private void Authenticate() => requests.Sign(Now / 1_000, "POST", "/order", body.WrittenSpan, code);
}
