using System.Buffers;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The market feed without its sockets, timers and threads: takes what happened with the wall time at which it did, and
/// gives the events to report and the commands to carry out. A book is current after a snapshot on its present
/// connection, or after a REST book that was asked for once the subscription was seen to work, with every change since.
/// Not for two threads at once.
/// </summary>
/// <param name="rules">Bounds.</param>
/// <param name="clock">Market time, which hears what the frames tell.</param>
/// <param name="find">Known markets, for what an event changes in one.</param>
internal sealed partial class FeedMachine(FeedRules rules, MarketClock clock, Func<MarketId, Market?> find)
{
    private readonly MarketBooks books = new();
    private readonly Dictionary<TokenId, FollowedToken> tokens = [];
    private readonly Dictionary<int, FeedConnection> connections = [];
    private readonly Dictionary<string, MarketId> marketIds = [];
    private readonly List<FeedEvent> events = [];
    private readonly List<FeedCommand> commands = [];
    private FollowedToken?[] byNumber = new FollowedToken?[64];
    private FeedStatus counts = FeedStatus.None;
    private int nextConnection;
    private long frames;

    /// <summary>Takes the events that are to be reported, in order.</summary>
    public IReadOnlyList<FeedEvent> TakeEvents() => Take(events);

    /// <summary>Takes the commands that are to be carried out, in order.</summary>
    public IReadOnlyList<FeedCommand> TakeCommands() => Take(commands);

    /// <summary>The books, for diagnosis and tests.</summary>
    public MarketBooks Books => books;

    /// <summary>How far a token may be believed.</summary>
    public BookTrust TrustOf(TokenId token) => tokens.GetValueOrDefault(token)?.Trust ?? BookTrust.Empty;

    /// <summary>Changes what is followed.</summary>
    public void Want(IReadOnlyCollection<TokenId> wanted, DateTimeOffset now)
    {
        var set = wanted.Take(rules.MostTokens).ToHashSet();
        counts = counts with { Refused = wanted.Count - set.Count };
        Leave([.. tokens.Values.Where(token => !set.Contains(token.Id))]);
        var added = new List<FollowedToken>();
        foreach (var id in set.Where(id => id.Value.Length is > 0 and <= Utf8Table.LongestText))
        {
            if (!tokens.ContainsKey(id))
                added.Add(Follow(id, now));
        }

        Subscribe(added, now);
    }

    /// <summary>Tells the books of these tokens again, to a reader that lost some of what it was told.</summary>
    public void Repeat(IEnumerable<TokenId> ids)
    {
        foreach (var id in ids)
        {
            if (tokens.TryGetValue(id, out var token) && IsShown(token))
                Report(token);
        }
    }

    /// <summary>A connection is open: everything on it starts from nothing.</summary>
    public void Opened(int number, DateTimeOffset now)
    {
        if (!connections.TryGetValue(number, out var connection))
            return;
        connection.IsOpen = true;
        foreach (var token in connection.Tokens)
        {
            // What was moved here has this step behind it.
            token.Step = token.Step == RecoveryStep.Moved ? RecoveryStep.Moved : RecoveryStep.None;
            Seed(token, now);
        }

        Send(connection, SubscriptionChange.Open, [.. connection.Tokens.Select(token => token.Id)]);
    }

    /// <summary>A connection is gone: nothing on it can be believed.</summary>
    public void Closed(int number, DateTimeOffset now)
    {
        // An attempt that failed changes nothing.
        if (!connections.TryGetValue(number, out var connection) || !connection.IsOpen)
            return;
        counts = counts with { Disconnects = counts.Disconnects + 1 };
        connection.IsOpen = false;
        Distrust([.. connection.Tokens], now);
    }

    /// <summary>A frame came.</summary>
    public void Received(int number, ReadOnlyMemory<byte> frame, DateTimeOffset now)
    {
        if (!connections.TryGetValue(number, out var connection) || !connection.IsOpen)
            return;
        frames++;
        var refusal = books.Apply(frame.Span, now);
        if (refusal == FrameRefusal.None)
            Absorb(connection, frame, now);
        else
            Refuse(connection, refusal, now);
    }

    /// <summary>The state at this moment.</summary>
    public FeedStatus Status()
    {
        var trusts = new int[(int)BookTrust.Untrusted + 1];
        foreach (var token in tokens.Values)
            trusts[(int)token.Trust]++;
        return counts with
        {
            Connections = connections.Count,
            OpenConnections = connections.Values.Count(connection => connection.IsOpen),
            Tokens = tokens.Count,
            Frames = frames,
            Current = trusts[(int)BookTrust.Current],
            Seeding = trusts[(int)BookTrust.Seeding] + trusts[(int)BookTrust.Empty],
            Stale = trusts[(int)BookTrust.Stale],
            Untrusted = trusts[(int)BookTrust.Untrusted],
            Unknown = books.Decoder.UnknownFields.Count + books.Decoder.UnknownEvents.Count,
        };
    }

    private static bool IsShown(FollowedToken token) => token.Trust is BookTrust.Current or BookTrust.Stale;

    private static T[] Take<T>(List<T> list)
    {
        if (list.Count == 0)
            return [];
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }

    private FollowedToken Follow(TokenId id, DateTimeOffset now)
    {
        var number = books.Add(id);
        if (number >= byNumber.Length)
            Array.Resize(ref byNumber, Math.Max(number + 1, byNumber.Length * 2));
        var token = new FollowedToken(id, number, ConnectionWithRoom(now));
        token.Connection.Tokens.Add(token);
        byNumber[number] = token;
        tokens.Add(id, token);
        Seed(token, now);
        return token;
    }

    private void Leave(List<FollowedToken> gone)
    {
        List<TokenId> known = [.. gone.Where(IsShown).Select(token => token.Id)];
        if (known.Count > 0)
            events.Add(new FeedEvent.Lost(clock.Now, known));
        foreach (var group in gone.GroupBy(token => token.Connection).ToList())
        {
            foreach (var token in group)
            {
                group.Key.Tokens.Remove(token);
                tokens.Remove(token.Id);
                byNumber[token.Number] = null;
                books.Remove(token.Number);
            }

            if (!CloseIfEmpty(group.Key))
                Send(group.Key, SubscriptionChange.Unsubscribe, [.. group.Select(token => token.Id)]);
        }
    }

    private FeedConnection ConnectionWithRoom(DateTimeOffset now, DateTimeOffset? openedSince = null)
    {
        foreach (var known in connections.Values)
        {
            var isFresh = openedSince is null || known.CreatedAt >= openedSince;
            if (isFresh && known.Tokens.Count < rules.TokensPerConnection)
                return known;
        }

        var connection = new FeedConnection(nextConnection++) { CreatedAt = now };
        connections.Add(connection.Number, connection);
        commands.Add(new FeedCommand.Open(connection.Number));
        return connection;
    }

    private bool CloseIfEmpty(FeedConnection connection)
    {
        if (connection.Tokens.Count > 0)
            return false;
        connections.Remove(connection.Number);
        commands.Add(new FeedCommand.Close(connection.Number));
        return true;
    }

    // What is subscribed on a connection that is not open yet goes into its first frame.
    private void Subscribe(IEnumerable<FollowedToken> added, DateTimeOffset now)
    {
        foreach (var group in added.GroupBy(token => token.Connection))
        {
            foreach (var token in group)
                Seed(token, now);
            Send(group.Key, SubscriptionChange.Subscribe, [.. group.Select(token => token.Id)]);
        }
    }

    private void Send(FeedConnection connection, SubscriptionChange change, IReadOnlyList<TokenId> ids)
    {
        if (!connection.IsOpen || ids.Count == 0)
            return;
        var frame = new ArrayBufferWriter<byte>();
        new MarketSubscription(change, ids).Write(frame);
        commands.Add(new FeedCommand.Send(connection.Number, frame.WrittenMemory));
    }

    // From nothing: no book, no question under way, and not heard on this subscription.
    private void Seed(FollowedToken token, DateTimeOffset now)
    {
        if (token.Trust is not BookTrust.Stale)
            token.Trust = BookTrust.Seeding;
        books.Book(token.Number).Distrust(token.Trust);
        (token.SubscribedAt, token.HeardAt, token.VerifiedAt) = (now, now, now);
        token.NextAt = now + rules.SeedWithin;
        (token.IsHeard, token.IsDoubted, token.MismatchedSince, token.Differences) = (false, true, null, 0);
        EndProbe(token);
    }

    private static void EndProbe(FollowedToken token)
    {
        (token.Probe, token.HasOverflown) = (ProbeReason.None, false);
        token.Buffer.Clear();
    }
}
