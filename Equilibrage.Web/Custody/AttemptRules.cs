namespace Equilibrage.Web.Custody;

/// <summary>How wrong answers are slowed.</summary>
/// <param name="Free">Wrong answers in a row that cost no wait.</param>
/// <param name="FirstWait">The wait after the next one; each further one doubles it.</param>
/// <param name="LongestWait">The longest wait.</param>
/// <param name="Most">Wrong answers in a row after which none is heard any more; null for no such end.</param>
internal sealed record AttemptRules(int Free, TimeSpan FirstWait, TimeSpan LongestWait, int? Most)
{
    /// <summary>
    /// Passphrases of the vault: 1 s, 2 s, 4 s ... 1 h from the third wrong one on; after 20 only this machine's
    /// command line opens the door again.
    /// </summary>
    public static AttemptRules Vault { get; } = new(2, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), 20);

    /// <summary>
    /// The operator's password: 1 s, 2 s ... 5 min from the sixth wrong one on. There is no end, or a stranger could
    /// lock the operator out.
    /// </summary>
    public static AttemptRules Password { get; } = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), null);

    /// <summary>The wait after so many wrong answers in a row.</summary>
    public TimeSpan WaitAfter(int failures)
    {
        if (failures <= Free)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - Free - 1, 30);
        var wait = FirstWait * (1L << doublings);
        return wait < LongestWait ? wait : LongestWait;
    }
}
