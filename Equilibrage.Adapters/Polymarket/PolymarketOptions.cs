using Equilibrage.Polymarket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>How the exchange is reached and how much is believed.</summary>
public sealed record PolymarketOptions
{
    /// <summary>Where the services are.</summary>
    public required PolymarketEndpoints Endpoints { get; init; }

    /// <summary>
    /// The root of our own practice exchange, null for Polymarket. A practice exchange has a market time of its own,
    /// and it promises to refuse an order whose cancel came first.
    /// </summary>
    public Uri? PracticeRoot { get; init; }

    /// <summary>True for our own practice exchange.</summary>
    public bool IsPractice => PracticeRoot is not null;

    /// <summary>
    /// True when an order may be sent where the market names no fees and today's rate of its category stands in.
    /// </summary>
    public bool AllowsAssumedFees { get; init; }

    /// <summary>The signer's tier of rate limits, by its name.</summary>
    public string Tier { get; init; } = "Standard";

    /// <summary>
    /// True when balances are read from the chain; false for the exchange's own figures, which need no access to the
    /// chain and one request for each token.
    /// </summary>
    public bool ReadsChain { get; init; } = true;

    /// <summary>Folder of a recording of every raw frame; null for none.</summary>
    public string? RecordingFolder { get; init; }

    /// <summary>
    /// Asked once more after an order, or an operation of the wallet, has waited for its turn, right before it leaves;
    /// false and it does not. Nor does the dead man's switch beat meanwhile.
    /// </summary>
    public Func<bool> MaySend { get; init; } = static () => true;

    /// <summary>The real exchange.</summary>
    public static PolymarketOptions Live { get; } = new() { Endpoints = PolymarketEndpoints.Live };

    /// <summary>A practice exchange.</summary>
    /// <param name="root">Its root, such as <c>http://127.0.0.1:5090</c>.</param>
    public static PolymarketOptions Practice(Uri root) => new()
    {
        Endpoints = PolymarketEndpoints.For(root),
        PracticeRoot = root,
        AllowsAssumedFees = true,
    };
}
