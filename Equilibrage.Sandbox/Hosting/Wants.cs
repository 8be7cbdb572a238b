using Equilibrage.Core.Primitives;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>
/// Which books the feed's reader wants, passed from its thread to the writer's. However often it changes in between,
/// the writer sees the last word and every token that needs a snapshot.
/// </summary>
internal sealed class Wants
{
    private readonly Lock gate = new();
    private readonly HashSet<TokenId> fresh = [];
    private HashSet<TokenId> wanted = [];
    private bool isChanged;

    /// <summary>The last word.</summary>
    public IReadOnlyCollection<TokenId> Now
    {
        get
        {
            lock (gate)
                return wanted;
        }
    }

    /// <summary>Says what is wanted from now on.</summary>
    public void Set(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            fresh.UnionWith(tokens.Where(token => !wanted.Contains(token)));
            wanted = [.. tokens];
            isChanged = true;
        }
    }

    /// <summary>Says that everything wanted needs a snapshot.</summary>
    public void Refresh()
    {
        lock (gate)
        {
            fresh.UnionWith(wanted);
            isChanged = true;
        }
    }

    /// <summary>Says that some of what is wanted needs a snapshot.</summary>
    public void Refresh(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            fresh.UnionWith(tokens.Where(wanted.Contains));
            isChanged = true;
        }
    }

    /// <summary>Takes what changed since the last time, or null.</summary>
    public (IReadOnlyCollection<TokenId> Wanted, IReadOnlySet<TokenId> Fresh)? Take()
    {
        lock (gate)
        {
            if (!isChanged)
                return null;
            isChanged = false;
            HashSet<TokenId> taken = [.. fresh];
            fresh.Clear();
            return (wanted, taken);
        }
    }
}
