using System.Runtime.InteropServices;

namespace Equilibrage.Web.Custody;

/// <summary>Keeps the memory of a process that holds keys out of core dumps and other processes' sight.</summary>
internal static class ProcessShield
{
    private const int SetDumpable = 4;
    private const int CoreLimit = 4;

    /// <summary>
    /// Forbids core dumps and, to processes of the same user, reading this one's memory. Linux only; elsewhere it does
    /// nothing.
    /// </summary>
    /// <returns>True when it worked.</returns>
    public static bool Raise()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var none = new Limit(0, 0);
        var isLimited = SetLimit(CoreLimit, in none) == 0;
        return Control(SetDumpable, 0, 0, 0, 0) == 0 && isLimited;
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int Control(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Now, nuint Most);
}
