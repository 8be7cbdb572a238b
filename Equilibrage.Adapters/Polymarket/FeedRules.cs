namespace Equilibrage.Adapters.Polymarket;

/// <summary>The bounds by which a feed judges its books and recovers them. All of them run on wall time.</summary>
internal sealed record FeedRules
{
    /// <summary>Tokens on one connection; snapshots go missing on the exchange beyond about 500.</summary>
    public int TokensPerConnection { get; init; } = 200;

    /// <summary>Tokens that can be followed; what is wanted beyond is counted and left out.</summary>
    public int MostTokens { get; init; } = 50_000;

    /// <summary>A snapshot is expected this long after subscribing; later the next step of recovery begins.</summary>
    public TimeSpan SeedWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A token's silence after which its book is compared with REST.</summary>
    public TimeSpan ProbeAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A token's silence, without a comparison that agreed, after which its book is stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often also a lively token's book is compared: a stream can lose frames and go on.</summary>
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A book that neither a snapshot nor a comparison has borne out for this long is stale.</summary>
    public TimeSpan UnverifiedAfter { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a book may disagree with the venue's best prices before it is seeded again.</summary>
    public TimeSpan MismatchFor { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Wait before asking again after an answer that did not help.</summary>
    public TimeSpan ProbeAgain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An answer is expected this long.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Step 3: polling.</summary>
    public TimeSpan FastPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Polls of step 3 before step 4.</summary>
    public int FastPolls { get; init; } = 12;

    /// <summary>Step 4: slow polling.</summary>
    public TimeSpan SlowPoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Slow polls before the ladder is climbed again from its first step.</summary>
    public int SlowPolls { get; init; } = 4;

    /// <summary>Polls without an answer for this long: the token is given up until something is heard.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Changes kept per token while its book is being asked for.</summary>
    public int MostBuffered { get; init; } = 512;

    /// <summary>
    /// Tokens in one REST question: few enough for most answers to stay out of the large-object heap, which is
    /// collected late, and enough for all tokens within the venue's limits.
    /// </summary>
    public int TokensPerProbe { get; init; } = 50;
}
