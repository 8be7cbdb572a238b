using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>Everyone who listens. Joining and leaving may happen on any thread, publishing on the writer's.</summary>
internal sealed class Subscribers
{
    private readonly Lock gate = new();
    private readonly List<ExchangeSubscription> members = [];
    private bool isClosed;
    private Exception? reason;
    private bool isChanged;

    /// <summary>Adds a listener that hears what happens from now on.</summary>
    public ExchangeSubscription Join(int capacity)
    {
        var member = new ExchangeSubscription(capacity, Leave);
        lock (gate)
        {
            if (isClosed)
                member.Close(reason);
            else
                members.Add(member);
        }

        return member;
    }

    /// <summary>Hands events to all; whoever cannot take them is dropped.</summary>
    public void Publish(IReadOnlyList<VenueEvent> happened)
    {
        foreach (var member in Present())
        {
            foreach (var each in happened)
            {
                if (member.Publish(each))
                    continue;
                Leave(member);
                break;
            }
        }
    }

    /// <summary>True when anyone has changed their mind since the last time; then what is to be seeded anew.</summary>
    public bool TakeNews(HashSet<TokenId> fresh)
    {
        bool isNews;
        lock (gate)
            (isNews, isChanged) = (isChanged, false);
        foreach (var member in Present())
        {
            if (member.Wants.Take() is not { } said)
                continue;
            isNews = true;
            fresh.UnionWith(said.Fresh);
        }

        return isNews;
    }

    /// <summary>Adds all tokens that anyone wants.</summary>
    public void AddWanted(HashSet<TokenId> wanted)
    {
        foreach (var member in Present())
            wanted.UnionWith(member.Wants.Now);
    }

    /// <summary>Everything wanted is to be seeded anew.</summary>
    public void Refresh()
    {
        foreach (var member in Present())
            member.Wants.Refresh();
    }

    /// <summary>Ends all.</summary>
    public void Close(Exception? error)
    {
        lock (gate)
            (isClosed, reason) = (true, error);
        foreach (var member in Present())
            member.Close(error);
    }

    private List<ExchangeSubscription> Present()
    {
        lock (gate)
            return [.. members];
    }

    private void Leave(ExchangeSubscription member)
    {
        lock (gate)
            isChanged |= members.Remove(member);
    }
}
