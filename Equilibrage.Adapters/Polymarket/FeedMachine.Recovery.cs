using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <content>Silence, questions and the ladder of recovery.</content>
internal sealed partial class FeedMachine
{
    private readonly List<TokenId> questions = [];
    private readonly List<FollowedToken> again = [];
    private readonly List<FollowedToken> moving = [];

    /// <summary>Time passed: a few times a second.</summary>
    public void Tick(DateTimeOffset now)
    {
        foreach (var token in tokens.Values)
            Tick(token, now);
        Resubscribe(now);
        Move(now);
        foreach (var batch in questions.Chunk(rules.TokensPerProbe))
            commands.Add(new FeedCommand.Probe(batch));
        questions.Clear();
    }

    /// <summary>The answer to a question for one token; null when there was none.</summary>
    public void Answered(TokenId id, PolledBook? answer, DateTimeOffset now)
    {
        if (!tokens.TryGetValue(id, out var token) || token.Probe == ProbeReason.None)
            return;
        if (answer is null)
        {
            counts = counts with { FailedProbes = counts.FailedProbes + 1 };
            token.UnansweredSince ??= token.ProbedAt;
            EndProbe(token);
            token.NextAt = Later(token, now);
            return;
        }

        token.UnansweredSince = null;
        token.Step = token.Step == RecoveryStep.GivenUp ? RecoveryStep.SlowPolling : token.Step;
        clock.Hear(DateTimeOffset.FromUnixTimeMilliseconds(answer.TimestampMs));
        if (token.Probe == ProbeReason.Compare)
            Compare(token, answer, now);
        else
            Replace(token, answer, now);
    }

    private void Tick(FollowedToken token, DateTimeOffset now)
    {
        if (token.Probe != ProbeReason.None)
        {
            if (now - token.ProbedAt > rules.AnswerWithin)
                Answered(token.Id, null, now);
            return;
        }

        var silence = now - token.HeardAt;
        var unverified = now - token.VerifiedAt;
        if (silence >= rules.StaleAfter || unverified >= rules.UnverifiedAfter)
            Stale(token);
        if (now < token.NextAt)
            return;
        if (token.Step != RecoveryStep.None || (token.IsDoubted && !token.IsHeard))
            Climb(token, now);
        else if (token.IsDoubted || now - token.MismatchedSince >= rules.MismatchFor)
            Ask(token, ProbeReason.Seed, now);
        else if (silence >= rules.ProbeAfter || unverified >= rules.AuditEvery
            || token is { Trust: BookTrust.Stale, MismatchedSince: null } || token.Differences > 0)
            Ask(token, ProbeReason.Compare, now);
    }

    private void Ask(FollowedToken token, ProbeReason reason, DateTimeOffset now)
    {
        EndProbe(token);
        (token.Probe, token.ProbedAt, token.ProbedMs) = (reason, now, books.LastMs(token.Number));
        token.IsProbeSound = token is { IsHeard: true, Connection.IsOpen: true };
        counts = counts with { Probes = counts.Probes + 1 };
        questions.Add(token.Id);
    }

    private DateTimeOffset Later(FollowedToken token, DateTimeOffset now) => now + token.Step switch
    {
        RecoveryStep.FastPolling => rules.FastPoll,
        RecoveryStep.SlowPolling or RecoveryStep.GivenUp => rules.SlowPoll,
        RecoveryStep.Resubscribed or RecoveryStep.Moved => rules.SeedWithin,
        _ => rules.ProbeAgain,
    };

    private void Compare(FollowedToken token, PolledBook answer, DateTimeOffset now)
    {
        token.NextAt = now + rules.ProbeAgain;
        if (answer.TimestampMs < token.ProbedMs || token.HasOverflown)
        {
            // A cached answer, or one that lacks changes which are not kept, says nothing about the book.
            counts = counts with { OldProbes = counts.OldProbes + 1 };
            EndProbe(token);
            return;
        }

        var isSame = IsSame(books.Book(token.Number), answer, token.Buffer);
        if (isSame)
        {
            EndProbe(token);
            (token.HeardAt, token.VerifiedAt, token.Differences) = (now, now, 0);
            if (token is { Trust: BookTrust.Stale, IsDoubted: false, MismatchedSince: null })
                Believe(token, now);
            return;
        }

        // The stream may be a moment behind: what differs twice was missed.
        token.Differences++;
        if (token.Differences < 2)
        {
            EndProbe(token);
            return;
        }

        counts = counts with { Mismatches = counts.Mismatches + 1 };
        Doubt(token);
        Show(token, answer, now);
        EndProbe(token);
        (token.IsHeard, token.Differences, token.NextAt) = (false, 0, now);
    }

    private static bool IsSame(Book book, PolledBook answer, List<BufferedChange> since)
    {
        var other = new Book(book.TokenId);
        other.Apply(answer.Book, book.MarketTime, book.ReceivedAt);
        Replay(other, answer, since);
        return book.Bids.Levels.SequenceEqual(other.Bids.Levels) && book.Asks.Levels.SequenceEqual(other.Asks.Levels);
    }

    // What the answer may lack. At its very time too: a level's size is told whole, so that twice is as good as once.
    private static void Replay(Book book, PolledBook answer, List<BufferedChange> since)
    {
        foreach (var change in since.Where(change => change.TimestampMs >= answer.TimestampMs))
            book.Set(change.Side, change.Price, change.Quantity, book.MarketTime, book.ReceivedAt);
    }

    private void Replace(FollowedToken token, PolledBook answer, DateTimeOffset now)
    {
        var isSound = token is { IsProbeSound: true, HasOverflown: false, Connection.IsOpen: true };
        var isTaken = Show(token, answer, now, isSound);
        EndProbe(token);
        token.NextAt = Later(token, now);
        if (!isTaken)
            counts = counts with { OldProbes = counts.OldProbes + 1 };
    }

    // Puts another source's book in the place of ours, with what the stream told since the question.
    private bool Show(FollowedToken token, PolledBook answer, DateTimeOffset now, bool isSound = false)
    {
        if (!books.Replace(
            token.Number, [.. answer.Book.Bids], [.. answer.Book.Asks], answer.TimestampMs, now))
            return false;
        var book = books.Book(token.Number);
        Replay(book, answer, token.Buffer);
        counts = counts with { Reseeds = counts.Reseeds + 1 };
        if (isSound && (book.BestBid is not { } bid || book.BestAsk is not { } ask || bid < ask))
        {
            Verify(token, now);
            return true;
        }

        token.Trust = BookTrust.Stale;
        book.Distrust(BookTrust.Stale);
        Report(token);
        return true;
    }

    private void Climb(FollowedToken token, DateTimeOffset now)
    {
        if (token.IsHeard && token.Connection.IsOpen)
        {
            // The stream is alive again: a book asked for now will do.
            Ask(token, ProbeReason.Seed, now);
            return;
        }

        switch (token.Step)
        {
            case RecoveryStep.None when token.Connection.IsOpen:
                token.Step = RecoveryStep.Resubscribed;
                counts = counts with { Resubscribes = counts.Resubscribes + 1 };
                again.Add(token);
                break;
            case RecoveryStep.Resubscribed when token.Connection.IsOpen:
                token.Step = RecoveryStep.Moved;
                counts = counts with { Moves = counts.Moves + 1 };
                moving.Add(token);
                break;
            case RecoveryStep.None or RecoveryStep.Resubscribed or RecoveryStep.Moved:
                (token.Step, token.Polls) = (RecoveryStep.FastPolling, 0);
                counts = counts with { FastPolls = counts.FastPolls + 1 };
                Ask(token, ProbeReason.Seed, now);
                break;
            default:
                Poll(token, now);
                break;
        }
    }

    private void Poll(FollowedToken token, DateTimeOffset now)
    {
        token.Polls++;
        if (token.Step == RecoveryStep.FastPolling && token.Polls >= rules.FastPolls)
        {
            (token.Step, token.Polls) = (RecoveryStep.SlowPolling, 0);
            counts = counts with { SlowPolls = counts.SlowPolls + 1 };
        }
        else if (token.Step == RecoveryStep.SlowPolling && token.Polls >= rules.SlowPolls && token.Connection.IsOpen)
        {
            // Now and then the whole ladder again.
            (token.Step, token.Polls) = (RecoveryStep.None, 0);
            Climb(token, now);
            return;
        }

        if (token.Step != RecoveryStep.GivenUp && now - token.UnansweredSince >= rules.GiveUpAfter)
        {
            token.Step = RecoveryStep.GivenUp;
            counts = counts with { GivenUp = counts.GivenUp + 1 };
            token.Trust = BookTrust.Untrusted;
            books.Book(token.Number).Distrust(BookTrust.Untrusted);
            events.Add(new FeedEvent.Lost(clock.Now, [token.Id]));
        }

        Ask(token, ProbeReason.Seed, now);
    }

    private void Resubscribe(DateTimeOffset now)
    {
        foreach (var group in again.GroupBy(token => token.Connection))
        {
            IReadOnlyList<TokenId> ids = [.. group.Select(token => token.Id)];
            Send(group.Key, SubscriptionChange.Unsubscribe, ids);
            foreach (var token in group)
            {
                Restart(token, now);
                // The venue need not send a snapshot again: something to show meanwhile.
                Ask(token, ProbeReason.Seed, now);
            }

            Send(group.Key, SubscriptionChange.Subscribe, ids);
        }

        again.Clear();
    }

    private void Move(DateTimeOffset now)
    {
        foreach (var group in moving.GroupBy(token => token.Connection).ToList())
        {
            foreach (var token in group)
            {
                group.Key.Tokens.Remove(token);
                token.Connection = ConnectionWithRoom(now, openedSince: now);
                token.Connection.Tokens.Add(token);
                Restart(token, now);
            }

            if (!CloseIfEmpty(group.Key))
                Send(group.Key, SubscriptionChange.Unsubscribe, [.. group.Select(token => token.Id)]);
        }

        moving.Clear();
    }

    // As from nothing, but the book on show stays on show.
    private void Restart(FollowedToken token, DateTimeOffset now)
    {
        var trust = token.Trust;
        Seed(token, now);
        if (trust is BookTrust.Stale or BookTrust.Untrusted)
        {
            token.Trust = trust;
            books.Book(token.Number).Distrust(trust);
        }
    }
}
