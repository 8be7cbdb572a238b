using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Server.Http;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>A connection of the market channel and what it follows.</summary>
internal sealed class MarketFollower(SocketPeer peer)
{
    // More books than this per connection come without a snapshot, as on the venue.
    private const int MostSeeded = 500;

    private int seeded;

    /// <summary>The connection.</summary>
    public SocketPeer Peer { get; } = peer;

    /// <summary>Tokens that it follows.</summary>
    public HashSet<TokenId> Tokens { get; } = [];

    /// <summary>Tokens whose snapshot is still to be sent.</summary>
    public HashSet<TokenId> Unseeded { get; } = [];

    /// <summary>Whether it gets best prices, listings, resolutions and the market clock.</summary>
    public bool HasFeatures { get; set; }

    /// <summary>Whether it gets best levels alone.</summary>
    public bool IsTopOnly { get; set; }

    /// <summary>Snapshots that go out together at the end of a turn.</summary>
    public List<ReadOnlyMemory<byte>> Snapshots { get; } = [];

    /// <summary>Counts a snapshot; false when the connection has had its share.</summary>
    public bool CountsSnapshot() => seeded++ < MostSeeded;

    /// <summary>Sends the snapshots of a turn: one as an object, several as an array.</summary>
    public void Flush()
    {
        if (Snapshots.Count == 1)
        {
            Peer.Send(Snapshots[0]);
        }
        else if (Snapshots.Count > 1)
        {
            using var all = new ByteBuffer(Snapshots.Sum(each => each.Length + 1) + 2);
            for (var i = 0; i < Snapshots.Count; i++)
            {
                all.Append(i == 0 ? "["u8 : ","u8);
                all.Append(Snapshots[i].Span);
            }

            all.Append("]"u8);
            Peer.Send(all.ToArray());
        }

        Snapshots.Clear();
    }
}
