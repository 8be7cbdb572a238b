using System.Text.Json;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Polymarket.Rest;

/// <content>API keys.</content>
public sealed partial class ClobClient
{
    /// <summary>Creates a key. <see cref="PolymarketErrorKind.KeyExists"/> when the nonce has one already.</summary>
    /// <param name="wallet">Signs with the wallet's key (L1).</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<ApiKeyReply>> CreateApiKeyAsync(
        IRequestAuthorizer wallet, CancellationToken cancellation) =>
        rest.SendAsync(
            new RestCall
            {
                Service = PolymarketService.Clob,
                Method = "POST",
                Path = "/auth/api-key",
                Authorizer = wallet,
            },
            PolymarketJson.Wire.ApiKeyReply, cancellation);

    /// <summary>Recovers the key of a nonce.</summary>
    /// <inheritdoc cref="CreateApiKeyAsync"/>
    public Task<PolymarketResult<ApiKeyReply>> DeriveApiKeyAsync(
        IRequestAuthorizer wallet, CancellationToken cancellation) =>
        rest.SendAsync(
            rest.Get("/auth/derive-api-key") with { Authorizer = wallet }, PolymarketJson.Wire.ApiKeyReply,
            cancellation);

    /// <summary>
    /// The key of a nonce, created or, where it exists or the creation's answer was lost, derived.
    /// </summary>
    /// <inheritdoc cref="CreateApiKeyAsync"/>
    public async Task<PolymarketResult<ApiKeyReply>> ObtainApiKeyAsync(
        IRequestAuthorizer wallet, CancellationToken cancellation)
    {
        var created = await CreateApiKeyAsync(wallet, cancellation);
        return created.Error is { } error && (error.Status == 400 || error.IsAmbiguous)
            ? await DeriveApiKeyAsync(wallet, cancellation)
            : created;
    }

    /// <summary>The account's keys.</summary>
    public Task<PolymarketResult<ApiKeysReply>> GetApiKeysAsync(CancellationToken cancellation) =>
        rest.SendAsync(Mine(rest.Get("/auth/api-keys")), PolymarketJson.Wire.ApiKeysReply, cancellation);

    /// <summary>Deletes the key that signs this call.</summary>
    public Task<PolymarketResult<bool>> DeleteApiKeyAsync(CancellationToken cancellation) =>
        DoneAsync(rest.Delete("/auth/api-key"), cancellation);

    /// <summary>Creates a key that can only read.</summary>
    public Task<PolymarketResult<JsonElement>> CreateReadonlyKeyAsync(CancellationToken cancellation) =>
        rest.SendAsync(Mine(Empty("/auth/readonly-api-key")), PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>The keys that can only read.</summary>
    public Task<PolymarketResult<JsonElement>> GetReadonlyKeysAsync(CancellationToken cancellation) =>
        rest.SendAsync(Mine(rest.Get("/auth/readonly-api-keys")), PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>Deletes a key that can only read.</summary>
    public Task<PolymarketResult<bool>> DeleteReadonlyKeyAsync(string key, CancellationToken cancellation)
    {
        var body = new Dictionary<string, string> { ["key"] = key };
        return DoneAsync(
            rest.Delete(
                "/auth/readonly-api-key", RestClient.Bytes(body, PolymarketJson.Wire.DictionaryStringString)),
            cancellation);
    }

    /// <summary>Creates a builder's key, for the relayer.</summary>
    public Task<PolymarketResult<JsonElement>> CreateBuilderKeyAsync(CancellationToken cancellation) =>
        rest.SendAsync(Mine(Empty("/auth/builder-api-key")), PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>The builder's keys.</summary>
    public Task<PolymarketResult<JsonElement>> GetBuilderKeysAsync(CancellationToken cancellation) =>
        rest.SendAsync(Mine(rest.Get("/auth/builder-api-key")), PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>Deletes the builder's key.</summary>
    public Task<PolymarketResult<bool>> DeleteBuilderKeyAsync(CancellationToken cancellation) =>
        DoneAsync(rest.Delete("/auth/builder-api-key"), cancellation);

    private static RestCall Empty(string path) =>
        new() { Service = PolymarketService.Clob, Method = "POST", Path = path };

    private async Task<PolymarketResult<bool>> DoneAsync(RestCall call, CancellationToken cancellation)
    {
        var answer = await rest.RawAsync(Mine(call), cancellation);
        return answer.IsOk ? PolymarketResult<bool>.Ok(true) : answer.As<bool>();
    }
}
