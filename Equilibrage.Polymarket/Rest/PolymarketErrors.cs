using System.Globalization;
using System.Text;
using System.Text.Json;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Tells failures apart by status and text. The texts vary from release to release, so parts of them are matched, the
/// most telling first.
/// </summary>
public static class PolymarketErrors
{
    private const int LongestMessage = 300;

    private static readonly (string Part, PolymarketErrorKind Kind)[] Texts =
    [
        ("post_only_mode", PolymarketErrorKind.PostOnlyMode),
        ("only post-only orders", PolymarketErrorKind.PostOnlyMode),
        ("cancel-only", PolymarketErrorKind.CancelOnlyMode),
        ("trading is currently disabled", PolymarketErrorKind.TradingDisabled),
        ("service not ready", PolymarketErrorKind.Restarting),
        ("trading restricted in your region", PolymarketErrorKind.Restricted),
        ("restricted", PolymarketErrorKind.Restricted),
        ("geoblock", PolymarketErrorKind.Restricted),
        ("address banned", PolymarketErrorKind.Restricted),
        ("closed only mode", PolymarketErrorKind.Restricted),
        ("invalid l1 request headers", PolymarketErrorKind.WalletSignatureRefused),
        ("could not create api key", PolymarketErrorKind.KeyExists),
        ("could not derive api key", PolymarketErrorKind.KeyExists),
        ("invalid api key", PolymarketErrorKind.Unauthorized),
        ("owner has to be the owner of the api key", PolymarketErrorKind.OwnerMismatch),
        ("signer address has to be the address of the api key", PolymarketErrorKind.OwnerMismatch),
        ("no deposit wallet found", PolymarketErrorKind.OwnerMismatch),
        ("maker address not allowed", PolymarketErrorKind.WalletNotAllowed),
        ("order_version_mismatch", PolymarketErrorKind.OldOrderVersion),
        ("invalid order version", PolymarketErrorKind.OldOrderVersion),
        ("duplicated", PolymarketErrorKind.Duplicated),
        ("signature", PolymarketErrorKind.InvalidSignature),
        ("not enough balance", PolymarketErrorKind.NotEnoughBalance),
        ("minimum tick size", PolymarketErrorKind.BreaksTick),
        ("lower than the minimum", PolymarketErrorKind.BelowMinimum),
        ("min size", PolymarketErrorKind.BelowMinimum),
        ("invalid amounts", PolymarketErrorKind.InvalidAmounts),
        ("crosses book", PolymarketErrorKind.CrossesBook),
        ("crosses the book", PolymarketErrorKind.CrossesBook),
        ("invalid expiration", PolymarketErrorKind.InvalidExpiration),
        ("fok orders are fully filled or killed", PolymarketErrorKind.FokNotFilled),
        ("found to match with fak", PolymarketErrorKind.FakNotMatched),
        ("match delayed", PolymarketErrorKind.Delayed),
        ("not yet ready to process", PolymarketErrorKind.MarketNotReady),
        ("too many requests", PolymarketErrorKind.RateLimited),
        ("unauthorized", PolymarketErrorKind.Unauthorized),
        ("no orderbook exists", PolymarketErrorKind.NotFound),
        ("not found", PolymarketErrorKind.NotFound),
    ];

    /// <summary>The kind of a refusal that came as text, such as the <c>errorMsg</c> of a success.</summary>
    public static PolymarketErrorKind KindOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var (part, kind) in Texts)
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                return kind;
        return PolymarketErrorKind.Refused;
    }

    /// <summary>The failure that an answer other than a success stands for.</summary>
    /// <param name="status">Status, not of the 200s.</param>
    /// <param name="body">The body, JSON or not.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>.</param>
    public static PolymarketError Classify(int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var reply = ReadBody(body);
        var text = reply?.Text is { Length: > 0 } words ? words : Plain(body);
        var seconds = reply?.RetryAfterSeconds;
        var kind = KindOf(status, text, reply is not null);
        return new(kind, text.Length > 0 ? text : $"HTTP {status.ToString(CultureInfo.InvariantCulture)}")
        {
            Status = status,
            RetryAfter = retryAfter
                ?? (seconds is >= 0 and < 86_400 ? TimeSpan.FromSeconds((double)seconds) : null),
        };
    }

    private static PolymarketErrorKind KindOf(int status, string text, bool isJson)
    {
        // A page in place of JSON comes from what stands before the service: its words say nothing of an order.
        if (!isJson && status is 403 or 451)
            return PolymarketErrorKind.Restricted;
        var kind = isJson || status < 500 ? KindOf(text) : PolymarketErrorKind.Refused;
        return status switch
        {
            425 => PolymarketErrorKind.Restarting,
            429 => PolymarketErrorKind.RateLimited,
            451 or 403 => kind == PolymarketErrorKind.Unauthorized ? kind : PolymarketErrorKind.Restricted,
            401 => kind == PolymarketErrorKind.WalletSignatureRefused ? kind : PolymarketErrorKind.Unauthorized,
            404 => kind == PolymarketErrorKind.Refused ? PolymarketErrorKind.NotFound : kind,
            503 => IsMode(kind) ? kind : PolymarketErrorKind.Unavailable,
            >= 500 => IsMode(kind) || IsDecided(kind) ? kind : PolymarketErrorKind.ServerFailure,
            _ => kind,
        };
    }

    private static bool IsMode(PolymarketErrorKind kind) => kind is PolymarketErrorKind.PostOnlyMode
        or PolymarketErrorKind.CancelOnlyMode or PolymarketErrorKind.TradingDisabled or PolymarketErrorKind.Restarting;

    // Words of an engine that had finished with the order when it answered.
    private static bool IsDecided(PolymarketErrorKind kind) => kind is PolymarketErrorKind.Duplicated
        or PolymarketErrorKind.FokNotFilled or PolymarketErrorKind.FakNotMatched;

    private static ErrorReply? ReadBody(ReadOnlySpan<byte> body)
    {
        if (body.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            return null;
        try
        {
            return JsonSerializer.Deserialize(body, PolymarketJson.Wire.ErrorReply);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Plain(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestMessage)]).Trim();
        return text.StartsWith('<') ? "A web page instead of an answer." : text;
    }
}
