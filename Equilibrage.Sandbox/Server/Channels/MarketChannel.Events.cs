using Equilibrage.Core.Markets;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Faults;

namespace Equilibrage.Sandbox.Server.Channels;

/// <content>What becomes of each kind of event.</content>
internal sealed partial class MarketChannel
{
    /// <summary>Passes on what happened.</summary>
    public void Publish(VenueEvent happened)
    {
        lock (gate)
        {
            switch (happened)
            {
                case VenueEvent.BookSeeded seeded: Seed(seeded.View); break;
                case VenueEvent.BookChanged change: Change(change); break;
                case VenueEvent.Traded trade: Trade(trade); break;
                case VenueEvent.TickChanged tick: ChangeTick(tick); break;
                case VenueEvent.Listed listed: List(listed); break;
                case VenueEvent.Resolved resolved: Resolve(resolved); break;
                case VenueEvent.Clock clock:
                    Tell(MarketFrames.Of(new MarketMessage.PracticeClock(Ms(clock))), _ => true);
                    break;
                case VenueEvent.Interrupted: Interrupt(); break;
            }
        }
    }

    private static long Ms(VenueEvent happened) => happened.MarketTime.ToUnixTimeMilliseconds();

    private void Seed(BookView seeded)
    {
        if (!topics.TryGetValue(seeded.MarketId, out var topic))
            return;
        topic.Seed(seeded.Book, seeded.MarketTime);
        foreach (var follower in topic.Followers)
            SendSnapshot(topic, follower);
    }

    private void Change(VenueEvent.BookChanged change)
    {
        if (!topics.TryGetValue(change.MarketId, out var topic) || !topic.IsSeeded)
            return;
        topic.Apply(change.Deltas, change.MarketTime);
        var isBestNew = topic.Best != change.Best;
        topic.Best = change.Best;
        ReadOnlyMemory<byte> frame = default;
        foreach (var follower in topic.Followers)
        {
            if (follower.IsTopOnly)
            {
                if (isBestNew)
                    SendTop(topic, follower);
                continue;
            }

            if (frame.IsEmpty)
                frame = MarketFrames.Change(topic.Entry, change);
            // A snapshot that waits for the end of the turn must not be overtaken.
            if (follower.Snapshots.Count > 0)
                follower.Flush();
            Send(follower, topic, frame);
        }

        if (isBestNew)
            TellBest(topic, change);
    }

    private void SendTop(MarketTopic topic, MarketFollower follower)
    {
        var last = view.LastPrint(topic.Entry);
        foreach (var outcome in Outcomes.Both)
        {
            if (follower.Tokens.Contains(topic.Entry.Market.Token(outcome)))
                Send(follower, topic, MarketFrames.Book(topic.Book(outcome, last), isTopOnly: true));
        }
    }

    private void TellBest(MarketTopic topic, VenueEvent.BookChanged change)
    {
        foreach (var outcome in Outcomes.Both)
        {
            var token = topic.Entry.Market.Token(outcome);
            ReadOnlyMemory<byte> frame = default;
            foreach (var follower in topic.Followers)
            {
                if (!follower.HasFeatures || !follower.Tokens.Contains(token))
                    continue;
                if (frame.IsEmpty)
                {
                    frame = MarketFrames.Of(new MarketMessage.BestBidAsk(
                        Ms(change), change.MarketId, token, change.Best.Bid(outcome), change.Best.Ask(outcome)));
                }

                Send(follower, topic, frame);
            }
        }
    }

    private void Trade(VenueEvent.Traded trade)
    {
        if (!topics.TryGetValue(trade.MarketId, out var topic))
            return;
        var frame = MarketFrames.Trade(trade);
        foreach (var follower in topic.Followers)
            Send(follower, topic, frame);
        if (topic.IsSeeded)
            traded.Add(topic);
    }

    // After trades the venue sends the books whole.
    private void SendBooks(MarketTopic topic)
    {
        var last = view.LastPrint(topic.Entry);
        foreach (var outcome in Outcomes.Both)
        {
            var token = topic.Entry.Market.Token(outcome);
            var frame = MarketFrames.Book(topic.Book(outcome, last), isTopOnly: false);
            foreach (var follower in topic.Followers)
            {
                if (!follower.IsTopOnly && follower.Tokens.Contains(token) && !follower.Unseeded.Contains(token))
                    Send(follower, topic, frame);
            }
        }
    }

    private void ChangeTick(VenueEvent.TickChanged tick)
    {
        if (!topics.TryGetValue(tick.Market.Id, out var topic))
            return;
        if (view.Index.ByCondition(tick.Market.Id.Value) is { } entry)
            topic.Entry = entry;
        foreach (var outcome in Outcomes.Both)
        {
            var token = tick.Market.Token(outcome);
            var frame = MarketFrames.Of(new MarketMessage.TickSizeChange(
                Ms(tick), tick.Market.Id, token, tick.Before, tick.Market.TickSize));
            foreach (var follower in topic.Followers.Where(follower => follower.Tokens.Contains(token)))
                Send(follower, topic, frame);
        }
    }

    private void List(VenueEvent.Listed listed)
    {
        foreach (var market in listed.Markets)
        {
            if (view.Index.ByCondition(market.Id.Value) is { } entry)
                Tell(MarketFrames.Listed(entry, listed.MarketTime), _ => true);
        }
    }

    private void Resolve(VenueEvent.Resolved resolved)
    {
        var target = new FaultTarget { Assets = (resolved.Market.TokenYes, resolved.Market.TokenNo) };
        if (view.Index.ByCondition(resolved.Market.Id.Value) is { } entry
            && faults.Strike(FaultKind.HideResolved, target) is null)
        {
            var frame = MarketFrames.Resolved(entry, resolved.Resolution, resolved.MarketTime);
            Tell(frame, follower => follower.Tokens.Count == 0
                || follower.Tokens.Contains(resolved.Market.TokenYes)
                || follower.Tokens.Contains(resolved.Market.TokenNo));
        }

        if (!topics.Remove(resolved.Market.Id, out var topic))
            return;
        traded.Remove(topic);
        foreach (var follower in topic.Followers)
        {
            follower.Tokens.Remove(resolved.Market.TokenYes);
            follower.Tokens.Remove(resolved.Market.TokenNo);
        }

        Want();
    }

    // What was told may have been taken back: everything followed is told anew once it is known again.
    private void Interrupt()
    {
        foreach (var topic in topics.Values)
        {
            topic.Forget();
            foreach (var follower in topic.Followers)
            {
                foreach (var outcome in Outcomes.Both)
                {
                    var token = topic.Entry.Market.Token(outcome);
                    if (follower.Tokens.Contains(token))
                        follower.Unseeded.Add(token);
                }
            }
        }
    }

    private void Tell(ReadOnlyMemory<byte> frame, Func<MarketFollower, bool> concerns)
    {
        foreach (var follower in followers)
        {
            if (follower.HasFeatures && concerns(follower) && !IsFrozen(follower))
                follower.Peer.Send(frame);
        }
    }

    private bool IsFrozen(MarketFollower follower) => !faults.IsEmpty && faults.Strike(
        FaultKind.Freeze, new() { Channel = "market", Socket = follower.Peer.Number }) is not null;
}
