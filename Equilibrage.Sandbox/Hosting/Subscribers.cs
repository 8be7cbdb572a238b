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

    /// <summary>
    /// All tokens that anyone wants, and those to be seeded anew; null when nobody changed their mind.
    /// </summary>
    public (IReadOnlyCollection<TokenId> Wanted, IReadOnlySet<TokenId> Fresh)? TakeWants()
    {
        var wanted = new HashSet<TokenId>();
        var fresh = new HashSet<TokenId>();
        bool isNews;
        lock (gate)
            (isNews, isChanged) = (isChanged, false);
        foreach (var member in Present())
        {
            if (member.Wants.Take() is { } said)
            {
                isNews = true;
                fresh.UnionWith(said.Fresh);
            }

            wanted.UnionWith(member.Wants.Now);
        }

        return isNews ? (wanted, fresh) : null;
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
