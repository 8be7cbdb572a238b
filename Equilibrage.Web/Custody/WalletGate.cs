using Equilibrage.Adapters.Polymarket;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The one way to the account: open while the vault is. Closing lets calls that are under way end, and only then does
/// the connection go, and the key with it.
/// </summary>
internal sealed class WalletGate : IAsyncDisposable
{
    private readonly Lock turn = new();
    private Passage? passage;
    private PolymarketConnection? last;

    /// <summary>True while calls may pass.</summary>
    public bool IsOpen => passage is not null;

    /// <summary>
    /// The connection of now or, when the gate is closed, the last one, which still turns commands into orders.
    /// </summary>
    public PolymarketConnection? Last => last;

    /// <summary>Lets calls pass to a connection, which ends with the gate.</summary>
    /// <exception cref="InvalidOperationException">It is open already.</exception>
    public void Open(PolymarketConnection connection)
    {
        lock (turn)
        {
            if (passage is not null)
                throw new InvalidOperationException("The wallet is open already.");
            (last, passage) = (connection, new(connection));
        }
    }

    /// <summary>Makes a call; no value when the gate is closed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="closed">What is answered while the gate is closed.</param>
    public async Task<T> CallAsync<T>(Func<PolymarketConnection, Task<T>> call, Func<T> closed)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(closed);
        if (Enter() is not { } entered)
            return closed();
        try
        {
            return await call(entered.Connection);
        }
        catch (ObjectDisposedException)
        {
            // The gate did not wait for this call any longer.
            return closed();
        }
        finally
        {
            Leave(entered);
        }
    }

    /// <summary>The connection with a token that is canceled when the gate closes; null when it is closed.</summary>
    public (PolymarketConnection Connection, CancellationToken Closing)? Watch() =>
        passage is { } open ? (open.Connection, open.Closing.Token) : null;

    /// <summary>Refuses further calls, waits for those under way, and ends the connection.</summary>
    /// <param name="patience">How long to wait for them.</param>
    /// <param name="clock">Measures the wait.</param>
    public async Task CloseAsync(TimeSpan patience, TimeProvider clock)
    {
        Passage? closing;
        lock (turn)
            (closing, passage) = (passage, null);
        if (closing is null)
            return;
        await closing.Closing.CancelAsync();
        lock (turn)
        {
            if (closing.Callers == 0)
                closing.Idle.TrySetResult();
        }

        await closing.Idle.Task.WaitAsync(patience, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await closing.Connection.DisposeAsync();
        closing.Closing.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync(TimeSpan.FromSeconds(5), TimeProvider.System);

    private Passage? Enter()
    {
        lock (turn)
        {
            if (passage is { } open)
                open.Callers++;
            return passage;
        }
    }

    private void Leave(Passage entered)
    {
        lock (turn)
        {
            if (--entered.Callers == 0 && !ReferenceEquals(entered, passage))
                entered.Idle.TrySetResult();
        }
    }

    private sealed class Passage(PolymarketConnection connection)
    {
        public PolymarketConnection Connection => connection;

        public CancellationTokenSource Closing { get; } = new();

        public TaskCompletionSource Idle { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Callers { get; set; }
    }
}
