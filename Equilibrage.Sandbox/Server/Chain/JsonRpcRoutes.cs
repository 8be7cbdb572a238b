using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>The JSON-RPC calls by which wallets look at the practice chain and act on it.</summary>
internal sealed class JsonRpcRoutes(
    PracticeExchange exchange, ChainQueries queries, ChainExecutor executor, ChainClock clock, Contracts contracts)
{
    private const int MostPerBatch = 100;
    private const long GasPrice = 30_000_000_000;
    private const long GasLimit = 250_000;
    private const int InvalidParams = -32602;
    private const int NoMethod = -32601;
    private const int Refused = -32000;

    private delegate void Result(Utf8JsonWriter json);

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/rpc", ServeAsync);

    private async Task ServeAsync(HttpContext http)
    {
        using var body = await Body.ReadJsonAsync(http);
        var root = body.RootElement;
        var isBatch = root.ValueKind == JsonValueKind.Array;
        if (isBatch && root.GetArrayLength() > MostPerBatch)
            throw new BadRequestException("batch too large");
        var answers = new List<Result>();
        foreach (var call in isBatch ? root.EnumerateArray().ToList() : [root])
            answers.Add(await AnswerAsync(call, http.RequestAborted));
        await Reply.JsonAsync(http, json =>
        {
            if (isBatch)
                json.WriteStartArray();
            answers.ForEach(answer => answer(json));
            if (isBatch)
                json.WriteEndArray();
        });
    }

    private async Task<Result> AnswerAsync(JsonElement call, CancellationToken cancellation)
    {
        var id = call.ValueKind == JsonValueKind.Object && call.TryGetProperty("id", out var said)
            ? said.Clone()
            : default;
        try
        {
            var method = call.GetProperty("method").GetString() ?? "";
            var parameters = call.TryGetProperty("params", out var given) && given.ValueKind == JsonValueKind.Array
                ? given
                : default;
            var result = await ResultAsync(method, parameters, cancellation);
            return json => Write(json, id, () =>
            {
                json.WritePropertyName("result");
                result(json);
            });
        }
        catch (RpcException error)
        {
            return Error(id, error.Code, error.Message);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException
            or IndexOutOfRangeException or FormatException)
        {
            return Error(id, InvalidParams, "invalid params");
        }
    }

    private async Task<Result> ResultAsync(string method, JsonElement parameters, CancellationToken cancellation)
    {
        switch (method)
        {
            case "eth_chainId":
                return Number(contracts.ChainId);
            case "net_version":
                return json => json.WriteStringValue(contracts.ChainId.ToString(CultureInfo.InvariantCulture));
            case "eth_blockNumber":
                return Number(clock.Block);
            case "eth_gasPrice" or "eth_maxPriorityFeePerGas":
                return Number(GasPrice);
            case "eth_getBalance":
                return json => json.WriteStringValue("0x8ac7230489e80000");
            case "eth_getCode":
                var isWallet = WalletSet.IsDeployed(Address(parameters[0].GetString()));
                return json => json.WriteStringValue(isWallet ? "0x5f5ff3" : "0x");
            case "eth_getTransactionCount":
                return Number(await queries.NonceOfAsync(Address(parameters[0].GetString()), cancellation));
            case "eth_feeHistory":
                return WriteFeeHistory;
            case "eth_getBlockByNumber":
                return WriteBlock;
            case "eth_call":
                var answer = await queries.AnswerAsync(Call(parameters[0]), cancellation);
                return json => json.WriteStringValue(Hex.Encode(answer));
            case "eth_estimateGas":
                return executor.KnowsAll(Call(parameters[0]))
                    ? Number(GasLimit)
                    : throw new RpcException(3, "execution reverted");
            case "eth_sendRawTransaction":
                return await SendAsync(parameters[0].GetString());
            case "eth_getTransactionReceipt":
                return await ReceiptAsync(parameters[0].GetString(), cancellation);
            case "eth_getLogs":
                return await LogsAsync(parameters[0], cancellation);
            default:
                throw new RpcException(NoMethod, $"the method {method} does not exist/is not available");
        }
    }

    private async Task<Result> SendAsync(string? text)
    {
        var raw = Hex.Decode(text) ?? throw new RpcException(InvalidParams, "invalid hex");
        if (EthereumTransaction.Decode(raw, out var sender) is not { } transaction)
            throw new RpcException(Refused, "transaction could not be decoded: invalid signature or encoding");
        var hash = Keccak256.Hash(raw);
        if (transaction.ChainId != contracts.ChainId)
            throw new RpcException(Refused, "invalid chain id for signer");
        if (await exchange.LookAtChainAsync(chain => chain.Find(hash), CancellationToken.None) is not null)
            throw new RpcException(Refused, "already known");
        var nonce = (long)transaction.Nonce;
        var (taken, expected) = await executor.ExecuteAsync(new(hash, sender, sender, nonce, [transaction.Call]));
        return taken is null
            ? throw new RpcException(Refused, nonce < expected ? "nonce too low" : "nonce too high")
            : json => json.WriteStringValue(hash.ToString());
    }

    private async Task<Result> LogsAsync(JsonElement filter, CancellationToken cancellation)
    {
        var search = new LogSearch(filter, clock.Block);
        var found = await exchange.LookAtChainAsync(
            chain => chain.Transactions.SelectMany(search.In).ToList(), cancellation);
        return json =>
        {
            json.WriteStartArray();
            foreach (var (transaction, place) in found.Where(each => each.Transaction.Block <= clock.Block))
                ReceiptWriter.WriteLog(json, transaction, place);
            json.WriteEndArray();
        };
    }

    private async Task<Result> ReceiptAsync(string? text, CancellationToken cancellation)
    {
        if (!Bytes32.TryParse(text, out var hash))
            throw new RpcException(InvalidParams, "invalid transaction hash");
        // It is in a block once the chain has reached that block.
        if (await exchange.LookAtChainAsync(chain => chain.Find(hash), cancellation) is not { } transaction
            || transaction.Block > clock.Block)
            return json => json.WriteNullValue();
        return json => ReceiptWriter.Write(json, transaction);
    }

    private void WriteFeeHistory(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("oldestBlock", Text(clock.Block));
        json.WriteStartArray("baseFeePerGas");
        json.WriteStringValue(Text(GasPrice));
        json.WriteStringValue(Text(GasPrice));
        json.WriteEndArray();
        json.WriteStartArray("gasUsedRatio");
        json.WriteNumberValue(0.5m);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteBlock(Utf8JsonWriter json)
    {
        var block = clock.Block;
        json.WriteStartObject();
        json.WriteString("number", Text(block));
        json.WriteString("hash", ReceiptWriter.BlockHash(block));
        json.WriteString("timestamp", Text(ChainClock.TimeOf(block)));
        json.WriteString("baseFeePerGas", Text(GasPrice));
        json.WriteString("gasLimit", Text(30_000_000));
        json.WriteEndObject();
    }

    private static string Text(long number) => ReceiptWriter.Text(number);

    private static Result Number(long number) => json => json.WriteStringValue(Text(number));

    private static EthereumAddress Address(string? text) => EthereumAddress.TryParse(text, out var address)
        ? address
        : throw new RpcException(InvalidParams, "invalid address");

    private static ContractCall Call(JsonElement json) => new(
        Address(json.GetProperty("to").GetString()),
        Hex.Decode((json.TryGetProperty("data", out var data) ? data : json.GetProperty("input")).GetString())
            ?? throw new RpcException(InvalidParams, "invalid data"));

    private static Result Error(JsonElement id, int code, string message) => json => Write(json, id, () =>
    {
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, JsonElement id, Action rest)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WritePropertyName("id");
        if (id.ValueKind == JsonValueKind.Undefined)
            json.WriteNullValue();
        else
            id.WriteTo(json);
        rest();
        json.WriteEndObject();
    }

    private sealed class RpcException(int code, string message) : Exception(message)
    {
        public int Code { get; } = code;
    }
}
