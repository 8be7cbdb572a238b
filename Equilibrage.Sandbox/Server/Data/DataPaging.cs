using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Data;

/// <summary>The Data API's pages and parameters: cursors alone, an offset is an error.</summary>
internal static class DataPaging
{
    private const int Usual = 100;
    private const int Most = 1_000;
    private const int MostConditions = 20;

    /// <summary>One page of a list, with where to go on.</summary>
    public static DataReply<IReadOnlyList<T>> Page<T>(HttpRequest request, IEnumerable<T> all)
    {
        if (request.Text("offset") is not null)
            throw new BadRequestException("offset is not supported; use cursor");
        var limit = (int)Math.Clamp(request.Number("limit") ?? Usual, 1, Most);
        var from = Cursor.Read(request.Text("cursor"));
        var page = all.Skip((int)Math.Min(from, int.MaxValue)).Take(limit + 1).ToList();
        var hasMore = page.Count > limit;
        return new()
        {
            Data = [.. page.Take(limit)],
            Pagination = new()
            {
                Limit = limit, HasMore = hasMore, NextCursor = hasMore ? Cursor.Write(from + limit) : null,
            },
        };
    }

    /// <summary>How many rows a page can reach at most, to compute no more than that.</summary>
    public static int Reach(HttpRequest request) => (int)Math.Min(
        100_000, Cursor.Read(request.Text("cursor")) + Math.Clamp(request.Number("limit") ?? Usual, 1, Most) + 1);

    /// <summary>The user's account, or null.</summary>
    public static AccountId? User(HttpRequest request) => request.Text("user") switch
    {
        null => null,
        { Length: 42 } text when text.StartsWith("0x", StringComparison.Ordinal) => new(text.ToLowerInvariant()),
        _ => throw new BadRequestException("user must be an address of 40 hexadecimal digits"),
    };

    /// <summary>The user's account, which has to be named.</summary>
    public static AccountId RequiredUser(HttpRequest request) =>
        User(request) ?? throw new BadRequestException("user is required");

    /// <summary>Condition ids.</summary>
    public static IReadOnlyList<string> Conditions(HttpRequest request)
    {
        var ids = request.Texts("condition");
        if (ids.Count > MostConditions)
            throw new BadRequestException($"at most {MostConditions} conditions are allowed");
        return ids.All(id => id.Length == 66)
            ? ids
            : throw new BadRequestException("condition must be 64 hexadecimal digits");
    }
}
