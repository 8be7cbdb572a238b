using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>One process for ever: its number may be given to another later, its start time may not.</summary>
/// <param name="Pid">The process number.</param>
/// <param name="StartTicks">Clock ticks from boot to its start.</param>
internal readonly record struct ProcessIdentity(int Pid, long StartTicks)
{
    // Fields after the parenthesised name in /proc/PID/stat.
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>True while it runs; a dead process that nobody has buried yet does not count.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The process that has this number now, null when none lives.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        var fields = Fields(pid);
        return fields is null || fields[StateField] is "Z" or "X"
            ? null
            : new ProcessIdentity(pid, long.Parse(fields[StartField], CultureInfo.InvariantCulture));
    }

    private static string[]? Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
