using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// The few calls of the chain's JSON-RPC interface that trading needs. Safe to use from several threads.
/// </summary>
/// <param name="transport">Carries the calls.</param>
public sealed class JsonRpcClient(IRestTransport transport)
{
    private const string Latest = "latest";
    private const string Pending = "pending";

    private long lastId;

    /// <summary>The chain that answers: 137 for Polygon, 80002 for Amoy.</summary>
    public Task<PolymarketResult<long>> GetChainIdAsync(CancellationToken cancellation) =>
        AskAsync("eth_chainId", _ => { }, ReadLong, cancellation);

    /// <summary>What a contract would return now; an error carries the words of a contract that refuses.</summary>
    /// <param name="call">The call.</param>
    /// <param name="from">Who would call; nobody in particular when null.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<byte[]>> CallAsync(
        ContractCall call, EthereumAddress? from, CancellationToken cancellation) =>
        AskAsync("eth_call", json =>
        {
            WriteCall(json, call, from);
            json.WriteStringValue(Latest);
        }, ReadBytes, cancellation);

    /// <summary>Units of gas that a call would take; an error carries the words of a contract that refuses.</summary>
    public Task<PolymarketResult<long>> EstimateGasAsync(
        ContractCall call, EthereumAddress from, CancellationToken cancellation) =>
        AskAsync("eth_estimateGas", json => WriteCall(json, call, from), ReadLong, cancellation);

    /// <summary>
    /// What a unit of gas costs: the maker's part as asked for, and altogether twice the present price, so that a
    /// transaction stays good while prices rise.
    /// </summary>
    public async Task<PolymarketResult<GasPrice>> GetGasPriceAsync(CancellationToken cancellation)
    {
        var priority = await AskAsync("eth_maxPriorityFeePerGas", _ => { }, ReadNumber, cancellation);
        if (!priority.IsOk)
            return priority.As<GasPrice>();
        var price = await AskAsync("eth_gasPrice", _ => { }, ReadNumber, cancellation);
        if (!price.IsOk)
            return price.As<GasPrice>();
        var most = BigInteger.Max(price.Value.ToBigInteger() * 2, priority.Value.ToBigInteger());
        return PolymarketResult<GasPrice>.Ok(new(priority.Value, UInt256.From(most)));
    }

    /// <summary>How many transactions an account has sent, those on their way included.</summary>
    public Task<PolymarketResult<long>> GetTransactionCountAsync(
        EthereumAddress account, CancellationToken cancellation) =>
        AskAsync("eth_getTransactionCount", json =>
        {
            json.WriteStringValue(account.ToString());
            json.WriteStringValue(Pending);
        }, ReadLong, cancellation);

    /// <summary>How many transactions of an account stand in blocks.</summary>
    public Task<PolymarketResult<long>> GetMinedCountAsync(EthereumAddress account, CancellationToken cancellation) =>
        AskAsync("eth_getTransactionCount", json =>
        {
            json.WriteStringValue(account.ToString());
            json.WriteStringValue(Latest);
        }, ReadLong, cancellation);

    /// <summary>The latest block.</summary>
    public Task<PolymarketResult<long>> GetBlockNumberAsync(CancellationToken cancellation) =>
        AskAsync("eth_blockNumber", _ => { }, ReadLong, cancellation);

    /// <summary>The transactions that reported an event, in their order and each once.</summary>
    public Task<PolymarketResult<IReadOnlyList<Bytes32>>> FindTransactionsAsync(
        LogFilter filter, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return AskAsync("eth_getLogs", json => WriteFilter(json, filter), ReadHashes, cancellation);
    }

    /// <summary>What an account has to pay gas with, in units of 10^-18.</summary>
    public Task<PolymarketResult<UInt256>> GetBalanceAsync(EthereumAddress account, CancellationToken cancellation) =>
        AskAsync("eth_getBalance", json =>
        {
            json.WriteStringValue(account.ToString());
            json.WriteStringValue(Latest);
        }, ReadNumber, cancellation);

    /// <summary>The code of an account; empty for one without, such as a wallet that was never deployed.</summary>
    public Task<PolymarketResult<byte[]>> GetCodeAsync(EthereumAddress account, CancellationToken cancellation) =>
        AskAsync("eth_getCode", json =>
        {
            json.WriteStringValue(account.ToString());
            json.WriteStringValue(Latest);
        }, ReadBytes, cancellation);

    /// <summary>Sends a signed transaction; sending the same bytes again does no harm.</summary>
    public Task<PolymarketResult<Bytes32>> SendRawTransactionAsync(
        ReadOnlyMemory<byte> raw, CancellationToken cancellation) =>
        AskAsync("eth_sendRawTransaction", json => json.WriteStringValue(Hex.Encode(raw.Span)), ReadHash, cancellation);

    /// <summary>What a transaction did; a success without a value while it stands in no block.</summary>
    public Task<PolymarketResult<TransactionReceipt>> GetReceiptAsync(
        Bytes32 transaction, CancellationToken cancellation) =>
        AskAsync(
            "eth_getTransactionReceipt", json => json.WriteStringValue(transaction.ToString()), ReadReceipt,
            cancellation);

    private static void WriteCall(Utf8JsonWriter json, ContractCall call, EthereumAddress? from)
    {
        json.WriteStartObject();
        if (from is { } sender)
            json.WriteString("from", sender.ToString());
        json.WriteString("to", call.To.ToString());
        json.WriteString("data", Hex.Encode(call.Data.Span));
        if (!call.Value.IsZero)
            json.WriteString("value", "0x" + call.Value.ToBigInteger().ToString("x", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, LogFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("address", filter.Contract.ToString());
        json.WriteString("fromBlock", Number(filter.FromBlock));
        json.WriteString("toBlock", Number(filter.ToBlock));
        json.WriteStartArray("topics");
        foreach (var place in filter.Topics)
        {
            if (place.Count == 0)
            {
                json.WriteNullValue();
                continue;
            }
            json.WriteStartArray();
            foreach (var topic in place)
                json.WriteStringValue(topic.ToString());
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        static string Number(long block) => "0x" + block.ToString("x", CultureInfo.InvariantCulture);
    }

    private async Task<PolymarketResult<T>> AskAsync<T>(
        string method, Action<Utf8JsonWriter> parameters, Func<JsonElement, (bool Ok, T? Value)> read,
        CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref lastId);
        var call = new RestCall
        {
            Service = PolymarketService.Chain,
            Method = "POST",
            Path = "",
            Body = Question(id, method, parameters),
            IsRepeatable = true,
        };
        var sent = await transport.SendAsync(call, cancellation);
        if (sent.Value is not { } reply)
            return sent.As<T>();
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            return Answer(document.RootElement, id, method, read, reply.Status);
        }
        catch (JsonException)
        {
            return PolymarketResult<T>.Fail(reply.IsSuccess
                ? Unreadable(method, "it is not JSON", reply.Status)
                : PolymarketErrors.Classify(reply.Status, reply.Body.Span, reply.RetryAfter));
        }
    }

    private static PolymarketResult<T> Answer<T>(
        JsonElement answer, long id, string method, Func<JsonElement, (bool Ok, T? Value)> read, int status)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return PolymarketResult<T>.Fail(Unreadable(method, "it is no object", status));
        if (answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            return PolymarketResult<T>.Fail(new(PolymarketErrorKind.Refused, Words(method, error)) { Status = status });
        if (!answer.TryGetProperty("id", out var echoed) || echoed.ValueKind != JsonValueKind.Number
            || !echoed.TryGetInt64(out var answered) || answered != id)
            return PolymarketResult<T>.Fail(Unreadable(method, "it answers another question", status));
        if (!answer.TryGetProperty("result", out var result))
            return PolymarketResult<T>.Fail(Unreadable(method, "it has no result", status));
        var (ok, value) = read(result);
        return ok
            ? PolymarketResult<T>.Ok(value)
            : PolymarketResult<T>.Fail(Unreadable(method, "its result has another form", status));
    }

    private static byte[] Question(long id, string method, Action<Utf8JsonWriter> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteNumber("id", id);
            json.WriteString("method", method);
            json.WriteStartArray("params");
            parameters(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    // A contract's own words come as encoded bytes beside the node's.
    private static string Words(string method, JsonElement error)
    {
        var words = error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString()
            : error.GetRawText();
        var contract = error.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String
            && Hex.Decode(data.GetString()) is { } bytes
            ? AbiReader.RefusalOf(bytes)
            : null;
        return contract is null || words!.Contains(contract, StringComparison.Ordinal)
            ? $"{method}: {words}"
            : $"{method}: {words}: {contract}";
    }

    private static PolymarketError Unreadable(string method, string why, int status) =>
        new(PolymarketErrorKind.Unreadable, $"{method}: the answer cannot be read: {why}.") { Status = status };

    private static (bool Ok, UInt256 Value) ReadNumber(JsonElement result)
    {
        var ok = RpcValue.TryNumber(result, out var number);
        return (ok, number);
    }

    private static (bool Ok, long Value) ReadLong(JsonElement result) =>
        RpcValue.TryNumber(result, out var number) && number.ToUInt64() is { } small && small <= long.MaxValue
            ? (true, (long)small)
            : (false, 0);

    private static (bool Ok, byte[]? Value) ReadBytes(JsonElement result)
    {
        var bytes = RpcValue.Bytes(result);
        return (bytes is not null, bytes);
    }

    private static (bool Ok, Bytes32 Value) ReadHash(JsonElement result)
    {
        var ok = RpcValue.TryWord(result, out var hash);
        return (ok, hash);
    }

    private static (bool Ok, IReadOnlyList<Bytes32>? Value) ReadHashes(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Array)
            return (false, null);
        var hashes = new List<Bytes32>();
        foreach (var log in result.EnumerateArray())
        {
            if (!RpcValue.TryTransaction(log, out var hash))
                return (false, null);
            if (!hashes.Contains(hash))
                hashes.Add(hash);
        }
        return (true, hashes);
    }

    private static (bool Ok, TransactionReceipt? Value) ReadReceipt(JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Null)
            return (true, null);
        var receipt = RpcValue.Receipt(result);
        return (receipt is not null, receipt);
    }
}
