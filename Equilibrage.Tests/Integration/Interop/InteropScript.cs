using System.Text.Json;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Interop;

/// <summary>Runs a Node script that prints a JSON line per step, and keeps how each step ended.</summary>
internal sealed class InteropScript
{
    private readonly Dictionary<string, string?> steps = [];
    private readonly string everything;

    private InteropScript(ScriptResult result)
    {
        everything = $"exit {result.ExitCode}\n{result.Output}\n{result.Errors}";
        foreach (var line in result.Output.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var json = JsonDocument.Parse(line);
            var step = json.RootElement;
            steps.Add(step.GetProperty("step").GetString()!, step.GetProperty("error").GetString());
        }
    }

    /// <summary>The steps that ran, in order.</summary>
    public IReadOnlyCollection<string> Steps => steps.Keys;

    /// <summary>Runs the script against a base address to its end.</summary>
    public static async Task<InteropScript> RunAsync(string name, Uri address)
    {
        var path = SourceTree.PathOf(Path.Combine("Equilibrage.Tests", "Integration", "Interop", name));
        return new(await ScriptRun.Finish(
            "node", [path, address.GetLeftPart(UriPartial.Authority)], patience: TimeSpan.FromMinutes(3)));
    }

    /// <summary>Fails with the script's own words when the step failed or never ran.</summary>
    public void Expect(string step)
    {
        Assert.True(steps.TryGetValue(step, out var why), $"The step \"{step}\" did not run.\n{everything}");
        Assert.True(why is null, $"{step}: {why}");
    }
}
