using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Feed;

/// <summary>
/// A feed's machine against a faulty exchange, in steps of a quarter of a second, with a reader of its events beside
/// it. After every step no book may be believed wrongly.
/// </summary>
internal sealed class FeedWorld
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan AnswersTake = 6 * Step;

    private readonly Random random;
    private readonly Dictionary<TokenId, Book> reported = [];
    private readonly List<(DateTimeOffset At, TokenId Token, PolledBook? Answer)> answers = [];
    private readonly Dictionary<int, DateTimeOffset> opening = [];

    private DateTimeOffset cachedAt;

    public FeedWorld(int seed, int tokens = 12, FeedRules? rules = null)
    {
        random = new(seed);
        Rules = rules ?? new() { TokensPerConnection = 5 };
        Tokens = [.. Enumerable.Range(1, tokens).Select(number => new TokenId($"{number * 7_777_777}"))];
        Exchange = new(Tokens);
        Clock = new(TimeProvider.System, isVenueTime: true);
        Machine = new(Rules, Clock, static _ => null);
        Machine.Want(Tokens, Now);
        Settle();
    }

    public FeedRules Rules { get; }

    public IReadOnlyList<TokenId> Tokens { get; }

    public FeedExchange Exchange { get; }

    public MarketClock Clock { get; }

    public FeedMachine Machine { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 8, 14, 18, 0, 0, TimeSpan.Zero);

    /// <summary>True while connections are refused.</summary>
    public bool RefusesConnections { get; set; }

    /// <summary>What a reader of the events holds of a token.</summary>
    public Book Reported(TokenId token) =>
        reported.TryGetValue(token, out var book) ? book : reported[token] = new(token);

    /// <summary>Lets time pass, with changes at the exchange.</summary>
    public void Run(TimeSpan time, double changesPerStep = 2)
    {
        for (var end = Now + time; Now < end;)
        {
            Now += Step;
            for (var changes = random.NextDouble() * 2 * changesPerStep; changes >= 1; changes--)
                Exchange.Change(Tokens[random.Next(Tokens.Count)], random, Now);
            Deliver();
            Machine.Tick(Now);
            Settle();
            Check();
        }
    }

    /// <summary>One random fault, or its end.</summary>
    public void Fault()
    {
        var token = Tokens[random.Next(Tokens.Count)];
        switch (random.Next(12))
        {
            case 0: Drop(); break;
            case 1: Exchange.Frozen.Add(token); break;
            case 2: Unfreeze(); break;
            case 3: Exchange.SendsNoSnapshots = !Exchange.SendsNoSnapshots; break;
            case 4: Exchange.IsRestDown = !Exchange.IsRestDown; break;
            case 5: Exchange.IsRestCached = !Exchange.IsRestCached; break;
            case 6: RefusesConnections = !RefusesConnections; break;
            case 7: Repeat(); break;
            case 8: Garble(); break;
            case 9: Exchange.Retick(token); break;
            case 10: Machine.Want([.. Tokens.Where(_ => random.Next(4) > 0)], Now); break;
            default: Machine.Want(Tokens, Now); break;
        }

        Settle();
    }

    /// <summary>Ends every fault.</summary>
    public void Heal()
    {
        Unfreeze();
        (Exchange.SendsNoSnapshots, Exchange.IsRestDown, Exchange.IsRestCached) = (false, false, false);
        RefusesConnections = false;
        Machine.Want(Tokens, Now);
        Settle();
    }

    /// <summary>All books are current and the exchange's.</summary>
    public void CheckWhole()
    {
        foreach (var token in Tokens)
        {
            Assert.Equal(BookTrust.Current, Machine.TrustOf(token));
            Assert.True(IsSame(Exchange.Book(token), Reported(token)), $"{token} is another book.");
        }
    }

    /// <summary>Loses one connection.</summary>
    public void Drop()
    {
        if (Exchange.Connections.ToList() is not { Count: > 0 } open)
            return;
        var connection = open[random.Next(open.Count)];
        Exchange.Disconnect(connection);
        Machine.Closed(connection, Now);
        opening[connection] = Now + TimeSpan.FromSeconds(1 + random.Next(4));
    }

    private void Unfreeze()
    {
        // What was missed stays missed until a snapshot.
        Exchange.Frozen.Clear();
    }

    private void Repeat()
    {
        if (Exchange.Outbox.Count > 0)
            Exchange.Outbox.Enqueue(Exchange.Outbox.Peek());
    }

    private void Garble()
    {
        if (Exchange.Connections.ToList() is not { Count: > 0 } open)
            return;
        var connection = open[random.Next(open.Count)];
        Machine.Received(connection, "{\"event_type\":\"price_change\",\"price_changes\":[{}"u8.ToArray(), Now);
    }

    private void Deliver()
    {
        foreach (var connection in opening.Where(item => item.Value <= Now && !RefusesConnections).ToList())
        {
            opening.Remove(connection.Key);
            Exchange.Connect(connection.Key);
            Machine.Opened(connection.Key, Now);
            Settle();
        }

        foreach (var answer in answers.Where(answer => answer.At <= Now).ToList())
        {
            answers.Remove(answer);
            Machine.Answered(answer.Token, answer.Answer, Now);
        }

        while (Exchange.Outbox.TryDequeue(out var sent))
        {
            if (Exchange.IsConnected(sent.Connection))
                Machine.Received(sent.Connection, sent.Frame, Now);
        }
    }

    // Carries out what the machine wants and reads what it reports.
    private void Settle()
    {
        foreach (var command in Machine.TakeCommands())
        {
            switch (command)
            {
                case FeedCommand.Open open: opening[open.Connection] = Now + Step; break;
                case FeedCommand.Close close:
                    opening.Remove(close.Connection);
                    Exchange.Disconnect(close.Connection);
                    break;
                case FeedCommand.Send send: Exchange.Receive(send.Connection, send.Frame); break;
                case FeedCommand.Probe probe:
                    foreach (var token in probe.Tokens)
                        answers.Add((Now + (Step * random.Next(1, 6)), token, Exchange.Ask(token)));
                    break;
            }
        }

        foreach (var report in Machine.TakeEvents())
            Read(report);
    }

    private void Read(FeedEvent report)
    {
        switch (report)
        {
            case FeedEvent.Snapshot snapshot:
                Reported(snapshot.Book.TokenId).Apply(snapshot.Book, report.MarketTime, Now);
                Forgive(snapshot.Book.TokenId);
                break;
            case FeedEvent.Changed changed:
                foreach (var delta in changed.Deltas)
                    Reported(delta.TokenId).Apply(delta, report.MarketTime, Now);
                break;
            case FeedEvent.Stale stale:
                foreach (var token in stale.Tokens)
                    Reported(token).Distrust(BookTrust.Stale);
                break;
            case FeedEvent.Lost lost:
                foreach (var token in lost.Tokens)
                    Reported(token).Distrust(BookTrust.Untrusted);
                break;
        }
    }

    // A book that was good when it was asked for is wrong again by a change that was kept back since, or was never good
    // because the answer was a cached one: its bound begins here.
    private void Forgive(TokenId token)
    {
        var isRecent = Exchange.KeptBackAt.TryGetValue(token, out var last) && Now - last <= AnswersTake;
        if (Machine.TrustOf(token) == BookTrust.Current && (isRecent || Now - cachedAt <= AnswersTake))
            Exchange.MissedAt[token] = Now;
    }

    private void Check()
    {
        if (Exchange.IsRestCached)
            cachedAt = Now;

        foreach (var token in Tokens)
        {
            var (trust, book) = (Machine.TrustOf(token), Reported(token));
            if (trust != BookTrust.Current)
            {
                Assert.True(
                    book.Trust != BookTrust.Current, $"{Now:mm:ss.fff} {token}: {trust} was reported as current.");
                continue;
            }

            if (IsSame(Exchange.Book(token), book))
            {
                Exchange.MissedAt.Remove(token);
                continue;
            }

            // A change that was kept back comes to light by comparison, within its bound; not by a cached answer.
            if (Exchange.IsRestCached && Exchange.MissedAt.ContainsKey(token))
                Exchange.MissedAt[token] = Now;
            Assert.True(
                Exchange.MissedAt.TryGetValue(token, out var missed) && Now - missed <= Rules.UnverifiedAfter + Step,
                $"{Now:mm:ss.fff} {token}: believed, and not the exchange's book.");
        }
    }

    private static bool IsSame(Book left, Book right) =>
        left.Bids.Levels.SequenceEqual(right.Bids.Levels) && left.Asks.Levels.SequenceEqual(right.Asks.Levels);
}
