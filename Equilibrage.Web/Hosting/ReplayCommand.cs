using Equilibrage.Adapters.Polymarket;

namespace Equilibrage.Web.Hosting;

/// <summary>Feeds a recorded file back through the decoder of the live feed.</summary>
internal static class ReplayCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static Task<int> RunAsync(RunOptions options, CancellationToken cancellation) =>
        Replay.RunAsync(options.Recording ?? "", Console.Out, cancellation);
}
