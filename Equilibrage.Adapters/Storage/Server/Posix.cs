using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>The few system calls that the framework does not offer.</summary>
internal static class Posix
{
    /// <summary>SIGINT: PostgreSQL's fast shutdown.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGQUIT: PostgreSQL's immediate shutdown.</summary>
    public const int Quit = 3;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal; a process that is already gone is no error.</summary>
    public static void Signal(int pid, int signal)
    {
        if (SendSignal(pid, signal) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error != NoSuchProcess)
            throw new Win32Exception(error, $"signal {signal} to {pid}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Gives a file or folder to another user.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (SetOwner(path, user, group) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        throw new Win32Exception(error, $"change the owner of {path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int pid, int signal);

    [DllImport("libc", EntryPoint = "chown", SetLastError = true)]
    private static extern int SetOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);
}
