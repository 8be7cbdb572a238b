using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Equilibrage.Bench;

if (args.Contains("--full-file"))
{
    if (RecordedData.FullFile is not { } path)
    {
        Console.WriteLine("Skipped: the recorded market file is not beside the project (../shared/data).");
        return 0;
    }

    Keep("full-file", Baseline.MarketFileSection(FullFileRun.Measure(path), NodeRun.Measure(path)));
    return 0;
}

if (args.Contains("--engine"))
{
    Keep("engine", Baseline.EngineSection(EngineRun.Measure()));
    return 0;
}

if (args.Contains("--frames"))
{
    Keep("frames", Baseline.FrameSection(FrameRun.Measure()));
    return 0;
}

if (args.Contains("--orders"))
{
    Keep("orders", Baseline.OrderSection(OrderRun.Measure()));
    return 0;
}

if (args.Contains("--journal"))
{
    Keep("journal", Baseline.JournalSection(await JournalRun.MeasureAsync()));
    return 0;
}

if (args.Contains("--stream"))
{
    var options = StreamOptions.Of(args);
    if (options.Refusal is { } refusal)
    {
        Console.WriteLine($"Skipped: {refusal}");
        return 0;
    }

    var streamed = await StreamRun.MeasureAsync(options);
    Keep("stream", StreamReport.Section(streamed));
    return streamed.IsReached ? 0 : 1;
}

// The default toolchain builds a project of its own and does not know this runtime.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
return 0;

static void Keep(string name, string section)
{
    Baseline.Write(name, section);
    Console.WriteLine(section);
}
