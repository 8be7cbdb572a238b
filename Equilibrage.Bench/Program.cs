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

    var section = Baseline.Section(FullFileRun.Measure(path), NodeRun.Measure(path));
    Baseline.Write(section);
    Console.WriteLine(section);
    return 0;
}

// The default toolchain builds a project of its own and does not know this runtime.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
return 0;
