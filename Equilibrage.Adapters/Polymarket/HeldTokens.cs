using System.Collections.Concurrent;
using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The tokens that the wallet may hold beside those it traded: what operations made, what its activity moved, and what
/// the public record of its positions names.
/// </summary>
internal sealed class HeldTokens(
    DataClient data, IOperationStore operations, TimeProvider clock, string user)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<TokenId, byte> noted = new();
    private long? readAt;

    /// <summary>Takes note of tokens that were moved.</summary>
    public void Note(IEnumerable<TokenId> tokens)
    {
        foreach (var token in tokens)
            noted.TryAdd(token, 0);
    }

    /// <summary>All of them.</summary>
    public async Task<PolymarketResult<IReadOnlyCollection<TokenId>>> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            Note(await operations.ListTokensAsync(cancellation));
        }
        catch (JournalUnavailableException away)
        {
            return PolymarketResult<IReadOnlyCollection<TokenId>>.Fail(
                new(PolymarketErrorKind.Unavailable, away.Message));
        }

        if (readAt is not { } at || clock.GetElapsedTime(at) > Age)
        {
            var now = clock.GetTimestamp();
            var positions = await data.GetPositionsAsync(user, "OPEN", cancellation);
            // What was read before is believed on: what has come since is in the activity or was traded.
            if (!positions.IsOk && readAt is null)
                return positions.As<IReadOnlyCollection<TokenId>>();
            Note((positions.Value ?? []).Select(position => position.TokenId).OfType<string>()
                .Select(token => new TokenId(token)));
            readAt = now;
        }

        return PolymarketResult<IReadOnlyCollection<TokenId>>.Ok([.. noted.Keys]);
    }
}
