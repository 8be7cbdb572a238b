using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// The relayer, which sends the calls of proxy wallets, Safes and deposit wallets and pays their gas. It takes 25
/// submits a minute (<see cref="RateLimits"/>), which the transport has to keep.
/// </summary>
/// <param name="transport">Carries the calls.</param>
/// <param name="authorizer">Authenticates them: an own key (<see cref="RelayerKey"/>) or a builder's
/// (<see cref="BuilderKey"/>).</param>
/// <param name="clock">Paces the waiting.</param>
public sealed class RelayerClient(IRestTransport transport, IRequestAuthorizer authorizer, TimeProvider clock)
{
    /// <summary>How often a transaction is looked up while one waits for it.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private const int MostPolls = 100;

    /// <summary>The next nonce of a wallet, and for proxies who will send the transaction.</summary>
    /// <param name="account">The wallet's account.</param>
    /// <param name="kind">The kind of wallet.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<RelayerParameters>> GetParametersAsync(
        EthereumAddress account, RelayerWallet kind, CancellationToken cancellation) =>
        AskAsync(
            Get("/v1/account/transactions/params", $"?address={account}&type={kind.ToWire()}"),
            answer => Text(answer, "nonce") is { } nonce
                && long.TryParse(nonce, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new RelayerParameters(number, AddressOf(answer, "address"))
                : null,
            cancellation);

    /// <summary>True when a wallet's contract exists.</summary>
    /// <param name="wallet">The wallet.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PolymarketResult<bool>> IsDeployedAsync(
        EthereumAddress wallet, RelayerWallet kind, CancellationToken cancellation)
    {
        var type = kind == RelayerWallet.Deposit ? $"&type={kind.ToWire()}" : "";
        var answer = await AskAsync(
            Get("/deployed", $"?address={wallet}{type}"),
            json => json.TryGetProperty("deployed", out var deployed)
                && deployed.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? deployed.GetBoolean().ToString()
                : null,
            cancellation);
        return answer.IsOk ? PolymarketResult<bool>.Ok(answer.Value == bool.TrueString) : answer.As<bool>();
    }

    /// <summary>Hands over a body made by <see cref="RelayerRequest"/>, once.</summary>
    public Task<PolymarketResult<RelayerTransaction>> SubmitAsync(
        ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        AskAsync(
            new RestCall
            {
                Service = PolymarketService.Relayer,
                Method = "POST",
                Path = "/submit",
                Body = body,
                Authorizer = authorizer,
            },
            ReadTransaction, cancellation);

    /// <summary>Looks a transaction up.</summary>
    public Task<PolymarketResult<RelayerTransaction>> GetTransactionAsync(string id, CancellationToken cancellation) =>
        AskAsync(Get($"/v1/account/transactions/{Uri.EscapeDataString(id)}", ""), ReadTransaction, cancellation);

    /// <summary>
    /// Waits until a transaction is confirmed or has failed, at most 200 seconds; answers what was seen last. An error
    /// of a single look-up is waited out.
    /// </summary>
    public async Task<PolymarketResult<RelayerTransaction>> WaitAsync(string id, CancellationToken cancellation)
    {
        PolymarketResult<RelayerTransaction> last = default;
        for (var poll = 0; poll < MostPolls; poll++)
        {
            var now = await GetTransactionAsync(id, cancellation);
            if (now.Value is { } transaction && transaction.State.IsFinal())
                return now;
            if (now.Value is not null || last.Value is null)
                last = now;
            await Task.Delay(PollInterval, clock, cancellation);
        }
        return last;
    }

    /// <summary>
    /// True for a refusal after which the same calls may be signed anew with a fresh nonce: another action of the
    /// wallet is under way, or the nonce lags behind the chain's.
    /// </summary>
    public static bool IsWorthRepeating(PolymarketError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (error.Status != 400)
            return false;
        if (error.Message.Contains("wallet busy", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("in-flight action", StringComparison.OrdinalIgnoreCase))
            return true;
        var numbers = error.Message.Contains("does not match on-chain nonce", StringComparison.OrdinalIgnoreCase)
            ? error.Message.Split(' ').Select(word => word.Trim('.', ',', ':', '"'))
                .Where(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToList()
            : [];
        return numbers is [var ours, var chains, ..] && ours < chains;
    }

    private RestCall Get(string path, string query) => new()
    {
        Service = PolymarketService.Relayer,
        Method = "GET",
        Path = path,
        Query = query,
        Authorizer = authorizer,
        IsRepeatable = true,
    };

    private async Task<PolymarketResult<T>> AskAsync<T>(
        RestCall call, Func<JsonElement, T?> read, CancellationToken cancellation)
        where T : class
    {
        var sent = await transport.SendAsync(call, cancellation);
        if (sent.Value is not { } reply)
            return sent.As<T>();
        if (!reply.IsSuccess)
            return PolymarketResult<T>.Fail(
                PolymarketErrors.Classify(reply.Status, reply.Body.Span, reply.RetryAfter));
        try
        {
            using var document = JsonDocument.Parse(reply.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && read(document.RootElement) is { } value)
                return PolymarketResult<T>.Ok(value);
        }
        catch (JsonException error)
        {
            return PolymarketResult<T>.Fail(Unreadable(call, error.Message));
        }
        return PolymarketResult<T>.Fail(Unreadable(call, "a part of it is missing"));
    }

    private static PolymarketError Unreadable(RestCall call, string why) =>
        new(PolymarketErrorKind.Unreadable, $"{call}: the answer cannot be read: {why}.") { Status = 200 };

    private static RelayerTransaction? ReadTransaction(JsonElement answer) =>
        (Text(answer, "transactionID") ?? Text(answer, "transaction_id")) is { Length: > 0 } id
        && RelayerStates.TryParse(Text(answer, "state"), out var state)
            ? new RelayerTransaction(id, state, HashOf(answer), Text(answer, "error_msg"))
            : null;

    private static Bytes32? HashOf(JsonElement answer) =>
        Bytes32.TryParse(Text(answer, "transaction_hash") ?? Text(answer, "transactionHash"), out var hash)
            ? hash
            : null;

    private static EthereumAddress? AddressOf(JsonElement answer, string name) =>
        EthereumAddress.TryParse(Text(answer, name), out var address) ? address : null;

    private static string? Text(JsonElement answer, string name) => !answer.TryGetProperty(name, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}
