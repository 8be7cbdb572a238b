using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Clob;

/// <summary>Books and what follows from them, one token at a time and in batches.</summary>
internal sealed class ClobBooks(ExchangeView view)
{
    private const int MostPerBatch = 500;
    private const string NoBook = "No orderbook exists for the requested token id";
    private const long UnknownPrice = 500_000;
    private const int BaseFee = 1000;

    private delegate void Writer(Utf8JsonWriter json, TokenBook book, string side);

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/book", http => OneAsync(http, (json, book, _) => WriteBook(json, book)));
        routes.MapGet("/clob/price", PriceAsync);
        routes.MapGet("/clob/midpoint", http => OneAsync(http, (json, book, _) => WriteOne(json, "mid", Mid(book))));
        routes.MapGet("/clob/spread", http => OneAsync(
            http, (json, book, _) => WriteOne(json, "spread", Spread(book))));
        routes.MapGet("/clob/last-trade-price", http => OneAsync(http, (json, book, _) => WriteLast(json, book)));
        routes.MapGet("/clob/tick-size", http => FactAsync(
            http, (json, market) => json.WriteMicros("minimum_tick_size", market.TickSize.ToMicros)));
        routes.MapGet("/clob/tick-size/{token_id}", http => FactAsync(
            http, (json, market) => json.WriteMicros("minimum_tick_size", market.TickSize.ToMicros)));
        routes.MapGet("/clob/neg-risk", http => FactAsync(
            http, (json, market) => json.WriteBoolean("neg_risk", market.IsNegRisk)));
        routes.MapGet("/clob/neg-risk/{token_id}", http => FactAsync(
            http, (json, market) => json.WriteBoolean("neg_risk", market.IsNegRisk)));
        routes.MapGet("/clob/fee-rate", http => FactAsync(http, (json, market) => json.WriteNumber(
            "base_fee", market.Fees is { RateMicros: > 0 } ? BaseFee : 0)));
        routes.MapGet("/clob/fee-rate/{token_id}", http => FactAsync(http, (json, market) => json.WriteNumber(
            "base_fee", market.Fees is { RateMicros: > 0 } ? BaseFee : 0)));
        routes.MapPost("/clob/books", http => ListAsync(http, (json, book, _) => WriteBook(json, book)));
        routes.MapPost("/clob/last-trades-prices", http => ListAsync(http, WriteLastOf));
        routes.MapPost("/clob/midpoints", http => MapAsync(http, (json, book, _) =>
            json.WriteString(book.Book.TokenId.Value, Mid(book))));
        routes.MapPost("/clob/spreads", http => MapAsync(http, (json, book, _) =>
            json.WriteString(book.Book.TokenId.Value, Spread(book))));
        routes.MapPost("/clob/prices", PricesAsync);
    }

    private static string Token(HttpContext http) =>
        http.Request.RouteValues["token_id"] as string ?? http.Request.Text("token_id")
        ?? throw new BadRequestException("Invalid token id");

    private async Task OneAsync(HttpContext http, Writer write)
    {
        var token = Token(http);
        RequireToken(token);
        var books = await view.BooksAsync([token], http.RequestAborted);
        if (books.Count == 0)
            throw new BadRequestException(NoBook, StatusCodes.Status404NotFound);
        await Reply.JsonAsync(http, json => write(json, books[0], ""));
    }

    private Task PriceAsync(HttpContext http)
    {
        var side = http.Request.Text("side");
        RequireSide(side);
        return OneAsync(http, (json, book, _) => WriteOne(json, "price", PriceOf(book, side!)));
    }

    private Task FactAsync(HttpContext http, Action<Utf8JsonWriter, Market> write)
    {
        var token = Token(http);
        RequireToken(token);
        if (view.Find(token) is not { } found)
            throw new BadRequestException(NoBook, StatusCodes.Status404NotFound);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            write(json, found.Entry.Market);
            json.WriteEndObject();
        });
    }

    private async Task ListAsync(HttpContext http, Writer write)
    {
        var asked = await AskedAsync(http);
        var books = await view.BooksAsync([.. asked.Select(each => each.Token)], http.RequestAborted);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var book in books)
                write(json, book, "");
            json.WriteEndArray();
        });
    }

    private async Task MapAsync(HttpContext http, Writer write)
    {
        var asked = await AskedAsync(http);
        var tokens = asked.Select(each => each.Token).Distinct().ToList();
        var books = await view.BooksAsync(tokens, http.RequestAborted);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            foreach (var book in books)
                write(json, book, "");
            json.WriteEndObject();
        });
    }

    private async Task PricesAsync(HttpContext http)
    {
        var asked = await AskedAsync(http);
        asked.ForEach(each => RequireSide(each.Side));
        var sides = asked.ToLookup(each => each.Token, each => each.Side!);
        var books = await view.BooksAsync([.. sides.Select(group => group.Key)], http.RequestAborted);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            foreach (var book in books)
            {
                json.WriteStartObject(book.Book.TokenId.Value);
                foreach (var side in sides[book.Book.TokenId.Value].Distinct())
                    json.WriteString(side, PriceOf(book, side));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        });
    }

    private static async Task<List<(string Token, string? Side)>> AskedAsync(HttpContext http)
    {
        using var body = await Body.ReadJsonAsync(http);
        if (body.RootElement.ValueKind != JsonValueKind.Array)
            throw new BadRequestException("Invalid payload");
        if (body.RootElement.GetArrayLength() > MostPerBatch)
            throw new BadRequestException("Payload exceeds the limit");
        var asked = new List<(string, string?)>();
        foreach (var item in body.RootElement.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("token_id", out var token)
                || token.ValueKind != JsonValueKind.String)
                throw new BadRequestException("Invalid payload");
            asked.Add((token.GetString()!, item.TryGetProperty("side", out var side) ? side.GetString() : null));
        }

        return asked;
    }

    private static void RequireToken(string token)
    {
        if (token.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new BadRequestException("Invalid token id");
    }

    private static void RequireSide(string? side)
    {
        if (side is not ("BUY" or "SELL"))
            throw new BadRequestException("Invalid side");
    }

    // The side is the resting one: BUY asks for the best bid.
    private static string PriceOf(TokenBook book, string side) =>
        Micros.Format((side == "BUY" ? book.BestBid : book.BestAsk)?.ToMicros ?? 0);

    private static string Mid(TokenBook book) => Micros.Format(book.Middle ?? UnknownPrice);

    private static string Spread(TokenBook book) => Micros.Format(
        (book.BestAsk?.ToMicros ?? Micros.PerUnit) - (book.BestBid?.ToMicros ?? 0));

    private static void WriteBook(Utf8JsonWriter json, TokenBook book)
    {
        using var buffer = new ByteBuffer();
        MarketFrameWriter.WriteRestBook(buffer, book.ToMessage());
        json.WriteRawValue(buffer.Written.Span, skipInputValidation: true);
    }

    private static void WriteOne(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteLast(Utf8JsonWriter json, TokenBook book)
    {
        json.WriteStartObject();
        json.WriteString("price", Micros.Format(book.LastPrice?.ToMicros ?? UnknownPrice));
        json.WriteString("side", book.LastPrice is null ? "" : book.LastSide == Side.Buy ? "BUY" : "SELL");
        json.WriteEndObject();
    }

    private static void WriteLastOf(Utf8JsonWriter json, TokenBook book, string side)
    {
        if (book.LastPrice is null)
            return;
        json.WriteStartObject();
        json.WriteString("token_id", book.Book.TokenId.Value);
        json.WriteString("price", Micros.Format(book.LastPrice.Value.ToMicros));
        json.WriteString("side", book.LastSide == Side.Buy ? "BUY" : "SELL");
        json.WriteEndObject();
    }
}
