using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>All faults that are in force. Asking costs nothing while there are none.</summary>
internal sealed class FaultPlan(TimeProvider wall)
{
    /// <summary>Most rules at a time.</summary>
    public const int MostRules = 1_000;

    private readonly Lock gate = new();
    private volatile FaultRule[] rules = [];
    private long count;

    /// <summary>True while nothing can go wrong.</summary>
    public bool IsEmpty => rules.Length == 0;

    /// <summary>The rules in force, by number.</summary>
    public IReadOnlyList<FaultRule> Rules => rules;

    /// <summary>Wall time in the clock's own ticks.</summary>
    public long Now => wall.GetTimestamp();

    /// <summary>The first rule of a kind that strikes, or null.</summary>
    public FaultRule? Strike(FaultKind kind, in FaultTarget target)
    {
        var now = Now;
        foreach (var rule in rules)
        {
            if (rule.Kind == kind && rule.Strikes(target, now))
                return rule;
        }

        return null;
    }

    /// <summary>Adds a rule; false when there are too many.</summary>
    public bool TryAdd(FaultScript script, long seed)
    {
        lock (gate)
        {
            var now = Now;
            var kept = Array.FindAll(rules, rule => !rule.IsSpent(now));
            if (kept.Length >= MostRules)
                return false;
            rules = [.. kept, script.ToRule(++count, Noise.Key(seed, "faults"), now, wall)];
            return true;
        }
    }

    /// <summary>Takes rules out of force: one, or all.</summary>
    public void Clear(long? id = null)
    {
        lock (gate)
            rules = id is null ? [] : Array.FindAll(rules, rule => rule.Id != id);
    }
}
