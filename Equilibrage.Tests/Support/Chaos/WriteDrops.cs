using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>At which writes of the journal the process dies.</summary>
internal sealed class WriteDrops(Weather weather)
{
    private readonly SortedDictionary<int, Fault> planned = [];

    /// <summary>Writes that were begun, those that carry records.</summary>
    public int Begun { get; private set; }

    /// <summary>Plans a death at a write that is still to come, counted from one.</summary>
    public void Plan(int write, Fault how) => planned[write] = how;

    /// <summary>How the process dies at the write that begins now; null when it lives.</summary>
    public Fault? Next(JournalBatch batch)
    {
        if (batch.Records.Count == 0 || weather.IsCalm)
            return null;
        Begun++;
        if (!planned.Remove(Begun, out var how))
            return null;
        weather.Note(how);
        return how;
    }
}
