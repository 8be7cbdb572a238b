namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>The practice chain's blocks: one every two seconds of wall time.</summary>
internal sealed class ChainClock(TimeProvider wall)
{
    private const long FirstBlock = 60_000_000;
    private const long FirstBlockAt = 1_700_000_000;
    private const int SecondsPerBlock = 2;

    /// <summary>The latest block.</summary>
    public long Block => FirstBlock + ((wall.GetUtcNow().ToUnixTimeSeconds() - FirstBlockAt) / SecondsPerBlock);

    /// <summary>Wall time.</summary>
    public DateTimeOffset Now => wall.GetUtcNow();

    /// <summary>Unix second of a block.</summary>
    public static long TimeOf(long block) => FirstBlockAt + ((block - FirstBlock) * SecondsPerBlock);
}
