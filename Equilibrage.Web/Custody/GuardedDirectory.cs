using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Custody;

/// <summary>The exchange's markets, for as long as the vault is open: a closed desk decides nothing.</summary>
/// <param name="gate">The way to the account.</param>
internal sealed class GuardedDirectory(WalletGate gate) : IMarketDirectory
{
    /// <inheritdoc/>
    public Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation) =>
        AskAsync(markets => markets.MarketTimeAsync(cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
        AskAsync(markets => markets.ListAsync(cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation) =>
        AskAsync(markets => markets.QuoteAllAsync(cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Resolution>> ResolvedAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
        AskAsync(directory => directory.ResolvedAsync(markets, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
        IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation) =>
        AskAsync(directory => directory.HourlyMidsAsync(markets, hours, cancellation));

    private Task<T> AskAsync<T>(Func<IMarketDirectory, Task<T>> ask) => gate.CallAsync(
        connection => ask(connection.Markets), () => throw new VenueUnavailableException(GuardedVenue.Closed));
}
