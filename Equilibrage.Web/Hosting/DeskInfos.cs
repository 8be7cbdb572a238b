using System.Globalization;
using System.Reflection;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>What a process knows of itself, for the pages.</summary>
internal static class DeskInfos
{
    /// <summary>The facts of a process that starts now.</summary>
    /// <param name="mode">Mode, in small letters.</param>
    /// <param name="account">The account.</param>
    /// <param name="speed">Market seconds per wall second.</param>
    /// <param name="universe">What is traded, in a few words.</param>
    public static DeskInfo Of(string mode, AccountId account, decimal speed, string universe)
    {
        var version = Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var crashes = int.TryParse(
            Environment.GetEnvironmentVariable("EQUILIBRAGE_CRASH_COUNT"), CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;
        return new(mode, account.Value, speed, universe, version, crashes, TimeProvider.System.GetUtcNow());
    }
}
