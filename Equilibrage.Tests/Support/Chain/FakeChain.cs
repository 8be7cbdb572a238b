using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Support.Chain;

/// <summary>A chain and a relayer of few words: they answer what is set, and remember what they are sent.</summary>
internal sealed class FakeChain : IRestTransport
{
    private readonly Dictionary<Bytes32, (int Polls, JsonObject Receipt)> receipts = [];

    /// <summary>What contracts return, by a call's bytes; for all calls of a function by its selector.</summary>
    public Dictionary<string, byte[]> Returns { get; } = [];

    public long ChainId { get; set; } = Contracts.PolygonChainId;

    /// <summary>The transactions that arrived, with their senders.</summary>
    public List<(EthereumTransaction Transaction, EthereumAddress Sender)> Sent { get; } = [];

    /// <summary>Bodies that the relayer was given.</summary>
    public List<JsonObject> Submitted { get; } = [];

    /// <summary>What the relayer refuses the next submits with.</summary>
    public Queue<string> Refusals { get; } = new();

    /// <summary>How a submitted transaction goes on, the last state for ever.</summary>
    public Queue<string> States { get; } = new();

    /// <summary>Look-ups that find no receipt before one does.</summary>
    public int PollsUntilMined { get; set; } = 2;

    /// <summary>Whether contracts accept what they are sent.</summary>
    public bool Accepts { get; set; } = true;

    /// <summary>Calls whose answer gets lost after they took effect, by method or path.</summary>
    public HashSet<string> Lost { get; } = [];

    /// <summary>Replies instead of the usual ones, by method or path.</summary>
    public Dictionary<string, (int Status, string Body)> Instead { get; } = [];

    /// <summary>Events in every receipt.</summary>
    public JsonArray Logs { get; set; } = [];

    public bool IsDeployed { get; set; }

    public long RelayerNonce { get; set; } = 7;

    public Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        var question = call.Service == PolymarketService.Chain ? JsonNode.Parse(call.Body.Span)!.AsObject() : null;
        var name = question is null ? call.Path : (string)question["method"]!;
        var reply = question is null ? Relay(call) : (200, Node(question));
        if (Lost.Contains(name))
            return Task.FromResult(PolymarketResult<RestReply>.Fail(new(PolymarketErrorKind.NoAnswer, "lost")));
        var (status, body) = Instead.GetValueOrDefault(name, (reply.Item1, reply.Item2.ToJsonString()));
        return Task.FromResult(PolymarketResult<RestReply>.Ok(
            new(status, System.Text.Encoding.UTF8.GetBytes(body), null)));
    }

    public void Return(ContractCall call, byte[] returned) => Returns[Hex.Encode(call.Data.Span)] = returned;

    public static JsonObject Log(EthereumAddress contract, byte[] data, params Bytes32[] topics) => new()
    {
        ["address"] = contract.ToString(),
        ["data"] = Hex.Encode(data),
        ["topics"] = new JsonArray([.. topics.Select(topic => JsonValue.Create(topic.ToString()))]),
    };

    public static Bytes32 Topic(EthereumAddress account)
    {
        var word = new byte[Bytes32.Length];
        account.CopyToWord(word);
        return Bytes32.From(word);
    }

    private JsonObject Node(JsonObject question)
    {
        var parameters = question["params"]!.AsArray();
        JsonNode? result = (string)question["method"]! switch
        {
            "eth_chainId" => $"0x{ChainId:x}",
            "eth_call" => Call((string)parameters[0]!["data"]!),
            "eth_estimateGas" => "0x186a0",
            "eth_maxPriorityFeePerGas" => "0x6fc23ac00",
            "eth_gasPrice" => "0x737be7600",
            "eth_getTransactionCount" => $"0x{Sent.Count:x}",
            "eth_sendRawTransaction" => Take((string)parameters[0]!),
            "eth_getTransactionReceipt" => Receipt(Bytes32.Parse((string)parameters[0]!)),
            var other => throw new InvalidOperationException($"The fake chain knows no {other}."),
        };
        return new() { ["jsonrpc"] = "2.0", ["id"] = question["id"]!.DeepClone(), ["result"] = result };
    }

    private string Call(string data) =>
        Hex.Encode(Returns.TryGetValue(data, out var returned) ? returned : Returns.GetValueOrDefault(data[..10], []));

    private string Take(string raw)
    {
        var bytes = Hex.Decode(raw)!;
        Sent.Add((EthereumTransaction.Decode(bytes, out var sender)!, sender));
        var hash = Keccak256.Hash(bytes);
        Mine(hash);
        return hash.ToString();
    }

    private void Mine(Bytes32 hash) => receipts[hash] = (PollsUntilMined, new()
    {
        ["transactionHash"] = hash.ToString(),
        ["status"] = Accepts ? "0x1" : "0x0",
        ["blockNumber"] = "0x10",
        ["logs"] = Logs.DeepClone(),
    });

    private JsonObject? Receipt(Bytes32 hash)
    {
        if (!receipts.TryGetValue(hash, out var entry))
            return null;
        receipts[hash] = entry with { Polls = entry.Polls - 1 };
        return entry.Polls > 0 ? null : entry.Receipt.DeepClone().AsObject();
    }

    private (int Status, JsonNode Body) Relay(RestCall call)
    {
        switch (call.Path)
        {
            case "/v1/account/transactions/params":
                return (200, new JsonObject
                {
                    ["address"] = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                    ["nonce"] = $"{RelayerNonce++}",
                });
            case "/deployed":
                return (200, new JsonObject { ["deployed"] = IsDeployed });
            case "/submit":
                Submitted.Add(JsonNode.Parse(call.Body.Span)!.AsObject());
                if (Refusals.TryDequeue(out var words))
                    return (400, new JsonObject { ["error"] = words });
                Mine(Keccak256.Hash(call.Body.Span));
                return (200, new JsonObject { ["transactionID"] = "id-1", ["state"] = "STATE_NEW" });
            default:
                var state = States.Count > 1 ? States.Dequeue() : States.Peek();
                return (200, new JsonObject
                {
                    ["transaction_id"] = "id-1",
                    ["state"] = state,
                    ["transaction_hash"] = state == "STATE_NEW" ? "" : LastHash().ToString(),
                    ["error_msg"] = state == "STATE_FAILED" ? "out of luck" : "",
                });
        }
    }

    private Bytes32 LastHash() =>
        Keccak256.Hash(JsonSerializer.SerializeToUtf8Bytes(Submitted[^1]));
}
