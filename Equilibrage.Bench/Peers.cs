using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Bench;

/// <summary>Programs of others' making, run on the same input in the same run.</summary>
internal static class Peers
{
    /// <summary>A peer's source file.</summary>
    public static string FileOf(string name) => Path.Combine(RecordedData.Root, "Equilibrage.Bench", "peers", name);

    /// <summary>The faster of two timings of one peer.</summary>
    public static PeerTiming? Best(PeerTiming? left, PeerTiming? right) =>
        left is null || (right is not null && right.Nanoseconds < left.Nanoseconds) ? right : left;

    /// <summary>Runs a peer that prints its version and nanoseconds; null where it cannot run.</summary>
    public static PeerTiming? Time(string program, IReadOnlyList<string> arguments) =>
        Run(program, arguments)?.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            is [var version, var nanoseconds, ..]
            ? new(version, double.Parse(nanoseconds, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Builds the simdjson program; null where there is no compiler or no library.</summary>
    public static string? BuildFrames(string folder)
    {
        var program = Path.Combine(folder, "frames");
        return Run("g++", ["-O3", "-march=native", "-o", program, FileOf("frames.cpp"), "-lsimdjson"]) is null
            ? null
            : program;
    }

    /// <summary>Builds the program that signs; null where there is no compiler.</summary>
    public static string? BuildSignatures(string folder)
    {
        var program = Path.Combine(folder, "sign");
        return Run("cc", ["-O2", "-o", program, FileOf("sign.c"), "-ldl"]) is null ? null : program;
    }

    private static string? Run(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            using var process = Process.Start(start);
            var output = process?.StandardOutput.ReadToEnd();
            process?.WaitForExit();
            return process?.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
