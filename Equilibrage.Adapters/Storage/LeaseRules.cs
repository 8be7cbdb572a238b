namespace Equilibrage.Adapters.Storage;

/// <summary>How long leases last and how often they are looked after.</summary>
internal sealed record LeaseRules
{
    /// <summary>How long a lease lasts when it is not renewed.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its end nothing is sent any more: a send that has begun needs time to arrive.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two renewals.</summary>
    public TimeSpan RenewalPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Until a renewal that failed is tried again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the database may take to renew.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);
}
