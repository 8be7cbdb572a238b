namespace Equilibrage.Web.Hosting;

/// <summary>Work that goes on beside the desk for as long as its mode runs.</summary>
internal sealed class Upkeep : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Task work;

    /// <summary>Starts the work.</summary>
    public Upkeep(Func<CancellationToken, Task> start) => work = Task.Run(() => start(ending.Token));

    /// <summary>Ends with the work; faulted when it broke.</summary>
    public Task Completion => work;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }
}
