using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>What the feed's machine wants done outside.</summary>
internal abstract record FeedCommand
{
    /// <summary>Open a connection and keep it open.</summary>
    public sealed record Open(int Connection) : FeedCommand;

    /// <summary>Close a connection for good.</summary>
    public sealed record Close(int Connection) : FeedCommand;

    /// <summary>Send a frame; where no connection is open it is dropped, since opening sends everything.</summary>
    public sealed record Send(int Connection, ReadOnlyMemory<byte> Frame) : FeedCommand;

    /// <summary>Ask for a market that was just listed and hand the answer in.</summary>
    public sealed record Describe(MarketId Market) : FeedCommand;

    /// <summary>Ask for whole books and hand the answer in.</summary>
    public sealed record Probe(IReadOnlyList<TokenId> Tokens) : FeedCommand;
}
