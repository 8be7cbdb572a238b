using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Clob;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>A user's own orders and trades.</summary>
internal sealed class LedgerRoutes(PracticeExchange exchange, ExchangeView view, Authentication authentication)
{
    private const int PageSize = 100;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/data/orders", OrdersAsync);
        routes.MapGet("/clob/data/order/{id}", OrderAsync);
        routes.MapGet("/clob/data/trades", TradesAsync);
        routes.MapGet("/clob/data/pre-migration-orders", NothingAsync);
    }

    private async Task NothingAsync(HttpContext http)
    {
        await authentication.RequireAsync(http);
        await Reply.RecordAsync(http, new CursorPage<OpenOrder>(), PolymarketJson.Wire.CursorPageOpenOrder);
    }

    private async Task OrdersAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http);
        var (id, market, asset) = Filters(http);
        var orders = await exchange.LookAsync(
            venue => caller.Accounts.SelectMany(venue.OpenOrdersOf)
                .Where(order => (id is null || order.Id.Value == id)
                    && (market is null || order.Request.MarketId.Value == market)
                    && (asset is null || order.Request.TokenId.Value == asset))
                .ToList(),
            http.RequestAborted);
        var page = Page(http, orders, out var next);
        await Reply.RecordAsync(
            http,
            new CursorPage<OpenOrder>
            {
                Limit = PageSize, Count = page.Count, NextCursor = next,
                Data = [.. page.Select(Words).OfType<OpenOrder>()],
            },
            PolymarketJson.Wire.CursorPageOpenOrder);
    }

    private async Task OrderAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http);
        var id = new VenueOrderId(((string)http.Request.RouteValues["id"]!).ToLowerInvariant());
        var order = await exchange.LookAsync(venue => venue.Order(id), http.RequestAborted);
        if (order is not null && caller.Accounts.Contains(order.AccountId) && Words(order) is { } words)
            await Reply.RecordAsync(http, words, PolymarketJson.Wire.OpenOrder);
        else
            await Reply.BytesAsync(http, "null"u8.ToArray());
    }

    private async Task TradesAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http);
        var (id, market, asset) = Filters(http);
        var maker = http.Request.Text("maker_address")?.ToLowerInvariant();
        var (before, after) = (http.Request.Number("before"), http.Request.Number("after"));
        var trades = await exchange.LookAsync(
            venue => caller.Accounts.SelectMany(venue.TradesOf).DistinctBy(trade => trade.Id)
                .Where(trade => (id is null || trade.Id.Value == id)
                    && (market is null || trade.MarketId.Value == market)
                    && (asset is null || trade.Taker.TokenId.Value == asset)
                    && (maker is null || trade.Concerns(new(maker)))
                    && !(trade.MatchedAt.ToUnixTimeSeconds() >= before)
                    && !(trade.MatchedAt.ToUnixTimeSeconds() <= after))
                .OrderByDescending(trade => trade.Sequence).ToList(),
            http.RequestAborted);
        var page = Page(http, trades, out var next);
        await Reply.RecordAsync(
            http,
            new CursorPage<ClobTrade>
            {
                Limit = PageSize, Count = page.Count, NextCursor = next,
                Data = [.. page.Select(trade => Words(trade, caller)).OfType<ClobTrade>()],
            },
            PolymarketJson.Wire.CursorPageClobTrade);
    }

    private static (string? Id, string? Market, string? Asset) Filters(HttpContext http) =>
        (http.Request.Text("id"), http.Request.Text("market"), http.Request.Text("asset_id"));

    private static IReadOnlyList<T> Page<T>(HttpContext http, List<T> all, out string next)
    {
        var from = (int)Math.Min(PageCursor.Read(http.Request.Text("next_cursor")), all.Count);
        var page = all.Skip(from).Take(PageSize).ToList();
        next = PageCursor.Write(from + page.Count < all.Count ? from + page.Count : null);
        return page;
    }

    private OpenOrder? Words(VenueOrderView order) =>
        view.Index.ByCondition(order.Request.MarketId.Value) is { } entry
            ? OrderWords.Order(order, entry.Market)
            : null;

    private ClobTrade? Words(VenueTrade trade, Caller caller) =>
        view.Index.ByCondition(trade.MarketId.Value) is { } entry
            ? OrderWords.Trade(trade, entry.Market, caller.Accounts.Contains, caller.Key)
            : null;
}
