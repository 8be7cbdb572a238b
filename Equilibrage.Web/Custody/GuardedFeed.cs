using System.Runtime.CompilerServices;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The exchange's feed, for as long as the vault is open. When it closes the reading ends with an error, which ends the
/// engine's life: nothing is decided until the vault is open and the next life has recovered.
/// </summary>
/// <param name="gate">The way to the account.</param>
internal sealed class GuardedFeed(WalletGate gate) : IEventSource
{
    /// <inheritdoc/>
    public void Want(IReadOnlyCollection<TokenId> tokens) => gate.Watch()?.Connection.Feed.Want(tokens);

    /// <inheritdoc/>
    public void Reseed(IReadOnlyCollection<TokenId> tokens) => gate.Watch()?.Connection.Feed.Reseed(tokens);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (gate.Watch() is not { } open)
            throw new VenueUnavailableException(GuardedVenue.Closed);
        var (connection, closing) = open;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing);
        await using var reports = connection.Feed.ReadAsync(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(reports, closing))
            yield return reports.Current;
        if (closing.IsCancellationRequested)
            throw new VenueUnavailableException(GuardedVenue.Closed);
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<FeedEvent> reports, CancellationToken closing)
    {
        try
        {
            return await reports.MoveNextAsync();
        }
        catch (Exception error) when (
            closing.IsCancellationRequested && error is (OperationCanceledException or ObjectDisposedException))
        {
            return false;
        }
    }
}
