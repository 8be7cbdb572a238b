using System.Collections.Concurrent;
using System.Text.Json;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Chain;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Accounts;

/// <summary>Balances, notifications, scoring and the like: what a user asks about the account.</summary>
internal sealed class AccountRoutes(
    PracticeExchange exchange, Authentication authentication, Notifications notifications,
    FaultPlan faults, Contracts contracts)
{
    private readonly ConcurrentDictionary<(AccountId Account, TokenId? Token), long> stale = new();

    private const int MostScored = 1_000;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/balance-allowance", BalanceAsync);
        routes.MapGet("/clob/balance-allowance/update", UpdateAsync);
        routes.MapGet("/clob/order-scoring", ScoringAsync);
        routes.MapPost("/clob/orders-scoring", ManyScoringAsync);
        routes.MapGet("/clob/notifications", NotificationsAsync);
        routes.MapDelete("/clob/notifications", DropAsync);
        foreach (var mine in (string[])["rewards/user/percentages", "rewards/user/markets", "rewards/user"])
            routes.MapGet($"/clob/{mine}", EmptyPageAsync);
        routes.MapGet("/clob/rewards/user/total", EmptyListAsync);
        routes.MapGet("/clob/rebates/current", http => Reply.BytesAsync(http, "[]"u8.ToArray()));
        routes.MapGet("/clob/rewards/markets/current", http => EmptyAsync(http));
        routes.MapGet("/clob/rewards/markets/{condition}", http => EmptyAsync(http));
        routes.MapGet("/clob/builder/trades", http => EmptyAsync(http));
        routes.MapGet("/clob/fees/builder-fees/{code}", http => Reply.RecordAsync(
            http, new BuilderFeesReply(0, 0), PolymarketJson.Wire.BuilderFeesReply));
    }

    private async Task BalanceAsync(HttpContext http)
    {
        var (account, token) = await AskedAsync(http);
        var (figures, error) = await exchange.AskAsync(
            venue =>
            {
                venue.EnsureAccount(account);
                return venue.Figures(account, token);
            },
            isChange: true, http.RequestAborted);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        var allowances = await exchange.ShownAllowancesAsync(
            account, isCollateral: token is null, contracts, http.RequestAborted);
        await Reply.RecordAsync(
            http,
            new BalanceAllowance
            {
                BalanceMicros = Served(account, token, figures!.Balance),
                Allowances = allowances,
            },
            PolymarketJson.Wire.BalanceAllowance);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        var (account, token) = await AskedAsync(http);
        stale.TryRemove((account, token), out _);
        await Reply.BytesAsync(http, ReadOnlyMemory<byte>.Empty);
    }

    private long Served(AccountId account, TokenId? token, long balance)
    {
        if (faults.Strike(FaultKind.StaleBalance, new() { Account = account }) is not null)
            return stale.GetOrAdd((account, token), balance);
        stale.TryRemove((account, token), out _);
        return balance;
    }

    private async Task<(AccountId Account, TokenId? Token)> AskedAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http);
        var type = http.Request.Number("signature_type") ?? 0;
        if (type is < 0 or > (long)SignatureType.Poly1271)
            throw new BadRequestException("invalid signature type");
        TokenId? token = http.Request.Text("asset_type") switch
        {
            "COLLATERAL" => null,
            "CONDITIONAL" => new(http.Request.Text("token_id")
                ?? throw new BadRequestException("token_id is required for CONDITIONAL")),
            _ => throw new BadRequestException("asset_type must be COLLATERAL or CONDITIONAL"),
        };
        return (caller.Account((SignatureType)type), token);
    }

    private async Task ScoringAsync(HttpContext http)
    {
        await authentication.RequireAsync(http);
        http.Request.Required("order_id");
        // No market here pays liquidity rewards, so no order earns any.
        await Reply.RecordAsync(http, new ScoringReply(false), PolymarketJson.Wire.ScoringReply);
    }

    private async Task ManyScoringAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        await authentication.RequireAsync(http, bytes);
        using var body = Body.Parse(bytes);
        if (body.RootElement.ValueKind != JsonValueKind.Array || body.RootElement.GetArrayLength() > MostScored)
            throw new BadRequestException("Invalid payload");
        var ids = body.RootElement.EnumerateArray().Select(id => id.ToString()).Distinct().ToList();
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            ids.ForEach(id => json.WriteBoolean(id, false));
            json.WriteEndObject();
        });
    }

    private async Task NotificationsAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http);
        await Reply.RecordAsync(
            http, notifications.Of(caller.Accounts, caller.Key), PolymarketJson.Wire.IReadOnlyListNotificationRow);
    }

    private async Task DropAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        notifications.Drop(caller.Accounts, http.Request.Texts("ids"));
        await Reply.BytesAsync(http, "\"OK\""u8.ToArray());
    }

    private async Task EmptyPageAsync(HttpContext http)
    {
        await authentication.RequireAsync(http);
        await EmptyAsync(http);
    }

    private async Task EmptyListAsync(HttpContext http)
    {
        await authentication.RequireAsync(http);
        await Reply.BytesAsync(http, "[]"u8.ToArray());
    }

    private static Task EmptyAsync(HttpContext http) => Reply.BytesAsync(
        http, """{"limit":100,"count":0,"next_cursor":"LTE=","data":[]}"""u8.ToArray());
}
