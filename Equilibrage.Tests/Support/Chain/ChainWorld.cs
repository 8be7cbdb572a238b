using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Support.Chain;

/// <summary>
/// A chain with one market and a relayer, for one wallet: transactions are carried out once for each nonce, and every
/// call can be the last thing that a process does.
/// </summary>
internal sealed class ChainWorld : IRestTransport
{
    public const string Market = "0xc0de000000000000000000000000000000000000000000000000000000000001";

    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly UInt256[] Tokens = [41, 42];
    private static readonly Bytes32 Single = Abi.Topic("TransferSingle(address,address,address,uint256,uint256)");
    private static readonly Bytes32 Transfer = Abi.Topic("Transfer(address,address,uint256)");

    private readonly TimeProvider time;
    private readonly TradingWallet wallet;
    private readonly Dictionary<Bytes32, JsonObject> receipts = [];
    private readonly Dictionary<string, Bytes32> relayed = [];
    private long nonce;

    public ChainWorld(TimeProvider time, TradingWallet wallet) => (this.time, this.wallet) = (time, wallet);

    public long Dollars { get; set; } = 100_000_000;

    public long[] Shares { get; } = [0, 0];

    public bool IsResolved { get; set; }

    public bool IsApproved { get; set; } = true;

    /// <summary>What was carried out, in order.</summary>
    public List<WalletAction> Done { get; } = [];

    /// <summary>Nonces of everything that was sent or submitted.</summary>
    public List<long> SentNonces { get; } = [];

    /// <summary>Called before (true) and after each call; throws when the process dies there.</summary>
    public Action<string, bool> Happens { get; set; } = (_, _) => { };

    /// <summary>Answers to the next submits instead of taking them.</summary>
    public Queue<RestReply> Refusals { get; } = new();

    public long Block => 1_000 + (time.GetUtcNow().ToUnixTimeSeconds() / 2 % 1_000_000);

    public Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        var name = call.Service == PolymarketService.Chain
            ? (string)JsonNode.Parse(call.Body.Span)!["method"]!
            : call.Path;
        Happens(name, true);
        var (status, body) = call.Service == PolymarketService.Chain
            ? (200, Node(JsonNode.Parse(call.Body.Span)!.AsObject()))
            : name.StartsWith("/clob-markets/", StringComparison.Ordinal) ? (200, Description()) : Relay(call);
        Happens(name, false);
        return Task.FromResult(PolymarketResult<RestReply>.Ok(
            new(status, Encoding.UTF8.GetBytes(body.ToJsonString()), null)));
    }

    /// <summary>Another program of the same wallet uses a nonce up.</summary>
    public void UseNonce() => nonce++;

    /// <summary>Forgets all names of the relayer.</summary>
    public void ForgetNames() => relayed.Clear();

    private static JsonObject Description() => JsonNode.Parse($$"""
        {"c":"{{Market}}","t":[{"t":"41","o":"Yes"},{"t":"42","o":"No"}],"mos":5,"mts":0.01,"nr":false,"mbf":1000,
         "tbf":1000,"ao":true}
        """)!.AsObject();

    private JsonObject Node(JsonObject question)
    {
        var parameters = question["params"]!.AsArray();
        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = question["id"]!.DeepClone() };
        try
        {
            answer["result"] = (string)question["method"]! switch
            {
                "eth_chainId" => "0x89",
                "eth_blockNumber" => Hexadecimal(Block),
                "eth_call" => Hex.Encode(Call(parameters[0]!)),
                "eth_estimateGas" => "0x186a0",
                "eth_maxPriorityFeePerGas" or "eth_gasPrice" => "0x6fc23ac00",
                "eth_getTransactionCount" => Hexadecimal(nonce),
                "eth_sendRawTransaction" => Take(Hex.Decode((string)parameters[0]!)!),
                "eth_getTransactionReceipt" =>
                    receipts.GetValueOrDefault(Bytes32.Parse((string)parameters[0]!))?.DeepClone(),
                "eth_getLogs" => new JsonArray([.. receipts.Keys.Select(hash =>
                    (JsonNode)new JsonObject { ["transactionHash"] = hash.ToString() })]),
                var other => throw new InvalidOperationException(other),
            };
        }
        catch (FormatException refusal)
        {
            answer["error"] = new JsonObject { ["code"] = -32000, ["message"] = refusal.Message };
        }
        return answer;
    }

    private byte[] Call(JsonNode call)
    {
        var asked = new ContractCall(
            EthereumAddress.Parse((string)call["to"]!), Hex.Decode((string)call["data"]!)!);
        return CalldataReader.ReadQuery(asked) switch
        {
            ContractQuery.Balance => Abi.Encode((UInt256)(ulong)Dollars),
            ContractQuery.TokenBalances => Abi.Encode(
                AbiValue.Array(Shares.Select(held => (AbiValue)(UInt256)(ulong)held))),
            ContractQuery.Allowance => Abi.Encode(IsApproved ? UInt256.MaxValue : UInt256.Zero),
            ContractQuery.AllowsAll => Abi.Encode(IsApproved),
            ContractQuery.PayoutDenominator => Abi.Encode((UInt256)(IsResolved ? 1UL : 0)),
            ContractQuery.PayoutNumerator payout => Abi.Encode((UInt256)(payout.Outcome == 0 ? 1UL : 0)),
            _ => Abi.Encode((UInt256)(ulong)nonce),
        };
    }

    private string Take(byte[] raw)
    {
        var hash = Keccak256.Hash(raw);
        var transaction = EthereumTransaction.Decode(raw, out _)!;
        SentNonces.Add((long)transaction.Nonce);
        if (receipts.ContainsKey(hash))
            throw new FormatException("already known");
        if ((long)transaction.Nonce != nonce)
            throw new FormatException((long)transaction.Nonce < nonce ? "nonce too low" : "nonce too high");
        Mine(hash, [transaction.Call]);
        return hash.ToString();
    }

    private (int Status, JsonNode Body) Relay(RestCall call)
    {
        switch (call.Path)
        {
            case "/v1/account/transactions/params":
                return (200, new JsonObject
                {
                    ["address"] = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                    ["nonce"] = nonce.ToString(CultureInfo.InvariantCulture),
                });
            case "/submit":
                if (Refusals.TryDequeue(out var refusal))
                    return (refusal.Status, JsonNode.Parse(refusal.Body.Span)!);
                if (RelayerSubmission.Read(call.Body, Polygon, out var submission) is { } problem)
                    return (400, new JsonObject { ["error"] = problem });
                SentNonces.Add(submission!.Nonce);
                if (submission.Deadline < time.GetUtcNow().ToUnixTimeSeconds())
                    return (400, new JsonObject { ["error"] = "deadline has passed" });
                if (submission.Nonce != nonce)
                {
                    return (400, new JsonObject
                    {
                        ["error"] = $"batch nonce {submission.Nonce} does not match on-chain nonce {nonce}",
                    });
                }
                var hash = Keccak256.Hash(Encoding.UTF8.GetBytes($"relayed {nonce}"));
                Mine(hash, submission.Calls);
                relayed[$"id-{nonce}"] = hash;
                return (200, new JsonObject { ["transactionID"] = $"id-{nonce}", ["state"] = "STATE_NEW" });
            default:
                var id = call.Path.Split('/')[^1];
                return relayed.TryGetValue(id, out var known)
                    ? (200, new JsonObject
                    {
                        ["transaction_id"] = id,
                        ["state"] = "STATE_CONFIRMED",
                        ["transaction_hash"] = known.ToString(),
                    })
                    : (404, new JsonObject { ["error"] = "transaction not found" });
        }
    }

    private void Mine(Bytes32 hash, IReadOnlyList<ContractCall> calls)
    {
        nonce++;
        var logs = new JsonArray();
        var action = CalldataReader.ReadAction(calls.Single(), Polygon);
        Done.Add(action);
        var (zero, own) = (FakeChain.Topic(EthereumAddress.Zero), FakeChain.Topic(wallet.Funder));
        var before = (Dollars, Shares[0], Shares[1]);
        switch (action)
        {
            case WalletAction.Split split:
                var made = (long)split.Amount.ToBigInteger();
                (Dollars, Shares[0], Shares[1]) = (Dollars - made, Shares[0] + made, Shares[1] + made);
                break;
            case WalletAction.Merge merge:
                var taken = (long)merge.Amount.ToBigInteger();
                (Dollars, Shares[0], Shares[1]) = (Dollars + taken, Shares[0] - taken, Shares[1] - taken);
                break;
            case WalletAction.Redeem:
                (Dollars, Shares[0], Shares[1]) = (Dollars + Shares[0], 0, 0);
                break;
        }
        Log(Polygon.Collateral, [Transfer], Dollars - before.Dollars, []);
        Log(Polygon.ConditionalTokens, [Single, own], Shares[0] - before.Item2, [Tokens[0]]);
        Log(Polygon.ConditionalTokens, [Single, own], Shares[1] - before.Item3, [Tokens[1]]);
        receipts[hash] = new()
        {
            ["transactionHash"] = hash.ToString(),
            ["status"] = "0x1",
            ["blockNumber"] = Hexadecimal(Block),
            ["logs"] = logs,
        };

        void Log(EthereumAddress contract, Bytes32[] head, long gained, UInt256[] ids)
        {
            if (gained == 0)
                return;
            Bytes32[] topics = gained > 0 ? [.. head, zero, own] : [.. head, own, zero];
            AbiValue[] data = [.. ids.Select(id => (AbiValue)id), (UInt256)(ulong)Math.Abs(gained)];
            logs.Add(FakeChain.Log(contract, Abi.Encode(data), topics));
        }
    }

    private static string Hexadecimal(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
