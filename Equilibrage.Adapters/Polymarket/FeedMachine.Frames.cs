using System.Text;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <content>What frames change.</content>
internal sealed partial class FeedMachine
{
    private const int MostMarketIds = 100_000;
    private const int MostTold = 100_000;

    private readonly HashSet<MarketId> told = [];

    /// <summary>A market that was asked for; null when it was not found.</summary>
    public void Described(MarketId id, Market? market)
    {
        told.Remove(id);
        if (market is not null)
            events.Add(new FeedEvent.Listed(clock.Now, [market]));
    }

    private void Absorb(FeedConnection connection, ReadOnlyMemory<byte> frame, DateTimeOffset now)
    {
        // Tokens first: whether a change may be reported depends on the trust that the frame found.
        foreach (ref readonly var read in books.Decoder.Events)
        {
            if (read.TimestampMs > 0)
                clock.Hear(DateTimeOffset.FromUnixTimeMilliseconds(read.TimestampMs));
            switch (read.Kind)
            {
                case MarketEventKind.Book: Replaced(connection, in read, now); break;
                case MarketEventKind.PriceChange: Changed(connection, in read, frame.Span); break;
                case MarketEventKind.TickSizeChange: Reticked(in read, frame.Span); break;
                case MarketEventKind.MarketResolved or MarketEventKind.NewMarket:
                    Lifecycle(frame[read.Source.Start..read.Source.End]);
                    break;
                case MarketEventKind.PracticeClock: events.Add(new FeedEvent.Clock(clock.Now)); break;
                default: break;
            }
        }

        foreach (var number in books.Touched)
        {
            if (byNumber[number] is { } token && token.Connection == connection)
                Judge(token, books.Effect(number), now);
        }
    }

    private void Replaced(FeedConnection connection, in MarketEvent read, DateTimeOffset now)
    {
        if (read.Token < 0 || byNumber[read.Token] is not { } token || token.Connection != connection)
            return;
        // The same snapshot again still tells that the subscription works.
        if (token.Trust == BookTrust.Current && (books.Effect(read.Token) & BookEffect.Replaced) == BookEffect.None)
            return;
        if (token.Step != RecoveryStep.None || token.Trust == BookTrust.Stale)
            counts = counts with { Reseeds = counts.Reseeds + 1 };
        token.IsHeard = true;
        EndProbe(token);
        Verify(token, now);
    }

    // Current from here on, with the book as it is.
    private void Believe(FollowedToken token, DateTimeOffset now)
    {
        (token.Trust, token.Step) = (BookTrust.Current, RecoveryStep.None);
        (token.IsDoubted, token.MismatchedSince) = (false, null);
        (token.Differences, token.Polls, token.UnansweredSince) = (0, 0, null);
        (token.HeardAt, token.NextAt) = (now, now);
        Report(token);
    }

    private void Verify(FollowedToken token, DateTimeOffset now)
    {
        token.VerifiedAt = now;
        Believe(token, now);
    }

    private void Report(FollowedToken token)
    {
        var book = books.Book(token.Number);
        events.Add(new FeedEvent.Snapshot(
            clock.Now, new(token.Id, book.Bids.Levels.ToArray(), book.Asks.Levels.ToArray())));
        // A snapshot alone would say that the book may be believed.
        if (token.Trust != BookTrust.Current)
            events.Add(new FeedEvent.Stale(clock.Now, [token.Id]));
    }

    private void Changed(FeedConnection connection, in MarketEvent read, ReadOnlySpan<byte> frame)
    {
        List<BookDelta>? deltas = null;
        foreach (ref readonly var change in books.Decoder.Changes(in read))
        {
            if (change.Token < 0 || byNumber[change.Token] is not { } token || token.Connection != connection)
                continue;
            var side = change.IsBid ? BookSide.Bid : BookSide.Ask;
            var (price, quantity) = (Price.FromMicros(change.PriceMicros), Quantity.FromMicros(change.SizeMicros));
            if (token.Probe != ProbeReason.None)
                Keep(token, new(read.TimestampMs, side, price, quantity));
            if (change.IsApplied && IsShown(token))
                (deltas ??= []).Add(new(token.Id, side, price, quantity));
        }

        if (deltas is not null)
            events.Add(new FeedEvent.Changed(clock.Now, MarketOf(read.Market.Of(frame)), deltas));
    }

    private void Keep(FollowedToken token, BufferedChange change)
    {
        if (token.Buffer.Count < rules.MostBuffered)
            token.Buffer.Add(change);
        else
            token.HasOverflown = true;
    }

    private void Judge(FollowedToken token, BookEffect effect, DateTimeOffset now)
    {
        (token.HeardAt, token.IsHeard) = (now, true);
        if ((effect & BookEffect.Retick) != BookEffect.None)
        {
            Doubt(token);
            token.NextAt = now;
        }
        else if ((effect & BookEffect.Mismatched) != BookEffect.None)
        {
            if (token.MismatchedSince is null && token.Trust == BookTrust.Current)
                counts = counts with { Mismatches = counts.Mismatches + 1 };
            token.MismatchedSince ??= now;
            Stale(token);
        }
        else if ((effect & BookEffect.Hinted) != BookEffect.None)
        {
            token.MismatchedSince ??= now;
        }
        else if ((effect & BookEffect.Confirmed) != BookEffect.None)
        {
            token.MismatchedSince = null;
            if (token is { Trust: BookTrust.Stale, IsDoubted: false } && now - token.VerifiedAt < rules.UnverifiedAfter)
                Believe(token, now);
        }
    }

    // Only a snapshot brings it back.
    private void Doubt(FollowedToken token)
    {
        token.IsDoubted = true;
        Stale(token);
    }

    private void Stale(FollowedToken token)
    {
        if (token.Trust != BookTrust.Current)
            return;
        token.Trust = BookTrust.Stale;
        books.Book(token.Number).Distrust(BookTrust.Stale);
        events.Add(new FeedEvent.Stale(clock.Now, [token.Id]));
    }

    private void Distrust(IReadOnlyList<FollowedToken> lost, DateTimeOffset now)
    {
        List<TokenId> gone = [];
        foreach (var token in lost)
        {
            if (IsShown(token))
                gone.Add(token.Id);
            Seed(token, now);
            token.Step = RecoveryStep.None;
            token.Trust = BookTrust.Untrusted;
            books.Book(token.Number).Distrust(BookTrust.Untrusted);
        }

        if (gone.Count > 0)
            events.Add(new FeedEvent.Lost(clock.Now, gone));
    }

    // Which tokens a frame was about cannot be known when it is no valid one.
    private void Refuse(FeedConnection connection, FrameRefusal refusal, DateTimeOffset now)
    {
        counts = counts with { RefusedFrames = counts.RefusedFrames + 1 };
        if (refusal == FrameRefusal.UnknownText)
            return;
        foreach (var token in connection.Tokens.Where(token => token.Trust == BookTrust.Current))
        {
            Doubt(token);
            token.NextAt = now;
        }
    }

    private void Reticked(in MarketEvent read, ReadOnlySpan<byte> frame)
    {
        if (find(MarketOf(read.Market.Of(frame))) is { } market && market.TickSize.ToMicros != read.TickMicros)
        {
            var finer = market with { TickSize = TickSize.FromMicros(read.TickMicros) };
            events.Add(new FeedEvent.Listed(clock.Now, [finer]));
        }
    }

    private void Lifecycle(ReadOnlyMemory<byte> source)
    {
        switch (LifecycleFrames.Read(source))
        {
            case MarketMessage.MarketResolved resolved when find(resolved.Market) is { } market:
                Resolve(market, resolved.Winner);
                break;
            case MarketMessage.NewMarket listed when find(listed.Market) is null && told.Count < MostTold
                && told.Add(listed.Market):
                commands.Add(new FeedCommand.Describe(listed.Market));
                break;
            case null:
                counts = counts with { RefusedFrames = counts.RefusedFrames + 1 };
                break;
            default: break;
        }
    }

    // Every connection tells of every market's end; once is enough.
    private void Resolve(Market market, TokenId? winner)
    {
        Price? payout = winner is not { } token ? Price.FromMicros(Micros.PerUnit / 2)
            : token == market.TokenYes ? Price.One
            : token == market.TokenNo ? Price.Zero : null;
        if (payout is not { } known || told.Count >= MostTold || !told.Add(market.Id))
            return;
        var kind = winner is null ? ResolutionKind.Split : ResolutionKind.Regular;
        events.Add(new FeedEvent.Resolved(clock.Now, new(market.Id, known, kind, clock.Now)));
    }

    private MarketId MarketOf(ReadOnlySpan<byte> text)
    {
        var lookup = marketIds.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> characters = stackalloc char[text.Length];
        var length = Encoding.UTF8.GetChars(text, characters);
        if (lookup.TryGetValue(characters[..length], out var known))
            return known;
        var id = new MarketId(new(characters[..length]));
        if (marketIds.Count < MostMarketIds)
            marketIds.Add(id.Value, id);
        return id;
    }
}
