using System.Security.Cryptography;
using System.Text.Json;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Auth;

/// <summary>API keys: created and derived by a wallet's signature, listed and deleted by one of them.</summary>
internal sealed class KeyRoutes(
    PracticeExchange exchange, Authentication authentication, TimeProvider wall, FaultPlan faults)
{
    // Keys of the other kinds stand under nonces that no wallet can name.
    private const long ReadOnlyNonce = -1;
    private const long BuilderNonce = -2;
    private const int MostKeys = 100;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clob/auth/api-key", CreateAsync);
        routes.MapGet("/clob/auth/derive-api-key", DeriveAsync);
        routes.MapGet("/clob/auth/api-keys", ListAsync);
        routes.MapDelete("/clob/auth/api-key", DeleteAsync);
        routes.MapPost("/clob/auth/readonly-api-key", http => CreateOtherAsync(http, ReadOnlyNonce));
        routes.MapGet("/clob/auth/readonly-api-keys", ListReadOnlyAsync);
        routes.MapDelete("/clob/auth/readonly-api-key", DeleteReadOnlyAsync);
        routes.MapPost("/clob/auth/builder-api-key", http => CreateOtherAsync(http, BuilderNonce));
        routes.MapGet("/clob/auth/builder-api-key", ListBuilderAsync);
        routes.MapDelete("/clob/auth/builder-api-key", DeleteBuilderAsync);
        routes.MapGet("/clob/auth/ban-status/closed-only", ClosedOnlyAsync);
    }

    private async Task CreateAsync(HttpContext http)
    {
        var (address, nonce) = authentication.RequireWallet(http);
        var fresh = Fresh(address, nonce);
        var made = await AskAsync(
            keys =>
            {
                if (keys.Find(fresh.Address, nonce) is not null || keys.Of(fresh.Address).Count >= MostKeys)
                    return null;
                keys.Put(fresh);
                return fresh;
            }, true, http);
        await ReplyAsync(http, made ?? throw new BadRequestException("Could not create api key"));
    }

    private async Task DeriveAsync(HttpContext http)
    {
        var (address, nonce) = authentication.RequireWallet(http);
        var found = await AskAsync(keys => keys.Find(address.ToLowerString(), nonce), false, http);
        await ReplyAsync(http, found ?? throw new BadRequestException("Could not derive api key!"));
    }

    private async Task ListAsync(HttpContext http)
    {
        var keys = await KeysAsync(http, nonce => nonce >= 0);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("apiKeys");
            WriteKeys(json, keys);
            json.WriteEndObject();
        });
    }

    private async Task DeleteAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        await AskAsync(keys => keys.Delete(caller.Key), true, http);
        authentication.Forget(caller.Key);
        await OkAsync(http);
    }

    private async Task CreateOtherAsync(HttpContext http, long nonce)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        var fresh = Fresh(caller.Address, nonce);
        var isMade = await AskAsync(
            keys =>
            {
                if (keys.Of(fresh.Address).Count >= MostKeys)
                    return false;
                keys.Put(fresh);
                return true;
            }, true, http);
        if (!isMade)
            throw new BadRequestException("Could not create api key");
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString(nonce == BuilderNonce ? "key" : "apiKey", fresh.Key);
            if (nonce == BuilderNonce)
            {
                json.WriteString("secret", fresh.Secret);
                json.WriteString("passphrase", fresh.Passphrase);
            }

            json.WriteEndObject();
        });
    }

    private async Task ListReadOnlyAsync(HttpContext http)
    {
        var keys = await KeysAsync(http, nonce => nonce == ReadOnlyNonce);
        await Reply.JsonAsync(http, json => WriteKeys(json, keys));
    }

    private async Task DeleteReadOnlyAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        var caller = await authentication.RequireAsync(http, bytes);
        using var body = Body.Parse(bytes);
        var key = body.RootElement.ValueKind == JsonValueKind.Object
            && body.RootElement.TryGetProperty("key", out var said) ? said.GetString() ?? "" : "";
        var isDeleted = await AskAsync(
            keys => keys.Find(key) is { Nonce: ReadOnlyNonce } found
                && found.Address == caller.Address.ToLowerString() && keys.Delete(key), true, http);
        await Reply.JsonAsync(http, json => json.WriteBooleanValue(isDeleted));
    }

    private async Task ListBuilderAsync(HttpContext http)
    {
        var keys = await KeysAsync(http, nonce => nonce == BuilderNonce);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("key", key.Key);
                json.WriteString("createdAt", GammaText.Time(key.CreatedAt));
                json.WriteNull("revokedAt");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private async Task DeleteBuilderAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        await AskAsync(
            keys => keys.Of(caller.Address.ToLowerString()).Where(key => key.Nonce == BuilderNonce).ToList()
                .Count(key => keys.Delete(key.Key)), true, http);
        await OkAsync(http);
    }

    private async Task ClosedOnlyAsync(HttpContext http)
    {
        await authentication.RequireAsync(http);
        var isClosedOnly = faults.Strike(FaultKind.ClosedOnly, default) is not null;
        await Reply.RecordAsync(http, new ClosedOnlyReply(isClosedOnly), PolymarketJson.Wire.ClosedOnlyReply);
    }

    private async Task<IReadOnlyList<ApiKey>> KeysAsync(HttpContext http, Func<long, bool> isKind)
    {
        var caller = await authentication.RequireAsync(http);
        var keys = await AskAsync(all => all.Of(caller.Address.ToLowerString()), false, http);
        return [.. keys.Where(key => isKind(key.Nonce))];
    }

    private static void WriteKeys(Utf8JsonWriter json, IReadOnlyList<ApiKey> keys)
    {
        json.WriteStartArray();
        foreach (var key in keys)
            json.WriteStringValue(key.Key);
        json.WriteEndArray();
    }

    private static Task OkAsync(HttpContext http) => Reply.BytesAsync(http, "\"OK\""u8.ToArray());

    private static Task ReplyAsync(HttpContext http, ApiKey key) => Reply.RecordAsync(
        http, new ApiKeyReply { ApiKey = key.Key, Secret = key.Secret, Passphrase = key.Passphrase },
        PolymarketJson.Wire.ApiKeyReply);

    private ApiKey Fresh(EthereumAddress address, long nonce) => new(
        Guid.NewGuid().ToString(), address.ToLowerString(),
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('+', '-').Replace('/', '_'),
        RandomNumberGenerator.GetHexString(64, lowercase: true), nonce, wall.GetUtcNow());

    private async Task<T> AskAsync<T>(Func<ApiKeys, T> work, bool isChange, HttpContext http)
    {
        var (value, error) = await exchange.AskKeysAsync(work, isChange, http.RequestAborted);
        return error is null ? value! : throw new VenueUnavailableException(error.Message);
    }
}
