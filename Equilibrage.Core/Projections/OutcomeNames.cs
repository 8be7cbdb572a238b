using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Projections;

/// <summary>A market's own names of its outcomes, or plain ones where the market is not known.</summary>
/// <param name="Question">The question; null where it is not known.</param>
/// <param name="Yes">Name of the first outcome.</param>
/// <param name="No">Name of the second outcome.</param>
/// <param name="TokenYes">Its token; null where it is not known.</param>
/// <param name="TokenNo">The second's.</param>
public sealed record OutcomeNames(
    string? Question, string Yes, string No, TokenId? TokenYes = null, TokenId? TokenNo = null)
{
    /// <summary>Names for a market that nobody knows.</summary>
    public static OutcomeNames None { get; } = new(null, "the first outcome", "the second outcome");

    /// <summary>A market's names.</summary>
    public static OutcomeNames Of(Market? market) => market is null
        ? None
        : new(market.Question, market.NameYes, market.NameNo, market.TokenYes, market.TokenNo);

    /// <summary>The name of an outcome.</summary>
    public string Of(Outcome outcome) => outcome == Outcome.Yes ? Yes : No;

    /// <summary>The name of a token; its first digits where it is none of this market's.</summary>
    public string Of(TokenId token) => token == TokenYes ? Yes
        : token == TokenNo ? No
        : token.Value.Length > 8 ? $"token {token.Value[..8]}…" : $"token {token.Value}";
}
