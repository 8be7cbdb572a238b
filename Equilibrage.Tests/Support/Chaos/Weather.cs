namespace Equilibrage.Tests.Support.Chaos;

/// <summary>Which faults a run has, how often, and how often each has struck.</summary>
internal sealed class Weather(ChaosPlan plan, RunLog log)
{
    private readonly Dice dice = new(plan.Seed, "weather");
    private readonly Dictionary<Fault, int> struck = [];

    /// <summary>True once nothing goes wrong any more.</summary>
    public bool IsCalm { get; set; }

    /// <summary>How often each fault has struck.</summary>
    public IReadOnlyDictionary<Fault, int> Struck => struck;

    /// <summary>Draws for delays.</summary>
    public Dice Dice => dice;

    /// <summary>True when a fault strikes now.</summary>
    public bool Strikes(Fault fault)
    {
        if (IsCalm || !dice.Hits(plan.Rate(fault)))
            return false;
        Note(fault);
        return true;
    }

    /// <summary>Counts a fault that struck by plan.</summary>
    public void Note(Fault fault)
    {
        struck[fault] = struck.GetValueOrDefault(fault) + 1;
        log.Add($"*** {fault}");
    }
}
