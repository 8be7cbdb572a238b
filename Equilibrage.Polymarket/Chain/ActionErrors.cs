using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Judges why an action was not taken.</summary>
public static class ActionErrors
{
    private static readonly string[] UsedWords = ["nonce too low", "already been used"];

    private static readonly string[] WaitWords =
    [
        "insufficient funds", "underpriced", "nonce too high", "nonce gap", "fee too low", "fee cap", "busy",
        "in-flight", "does not match on-chain nonce", "deadline", "expired",
    ];

    private static readonly string[] QuotaWords = ["quota", "daily", "per day", "transactions today"];

    /// <summary>True when the nonce is used: by this very action, or by another one.</summary>
    public static bool IsNonceUsed(PolymarketError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Contains(error, UsedWords)
            || (Contains(error, "does not match on-chain nonce") && RelayerClient.IsWorthRepeating(error));
    }

    /// <summary>True when the same action may be taken later: the way is blocked, not the call.</summary>
    public static bool IsWorthWaiting(PolymarketError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.IsAmbiguous || Contains(error, WaitWords) || error.Kind is PolymarketErrorKind.NotSent
            or PolymarketErrorKind.RateLimited or PolymarketErrorKind.Unavailable or PolymarketErrorKind.Restarting
            or PolymarketErrorKind.TradingDisabled;
    }

    /// <summary>True when the relayer has done all that it does for this key today.</summary>
    public static bool IsQuota(PolymarketError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Kind == PolymarketErrorKind.RateLimited && Contains(error, QuotaWords);
    }

    private static bool Contains(PolymarketError error, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (error.Message.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
