using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Bench;

/// <summary>
/// The same lines through Node's <c>JSON.parse</c>, timed by Node itself without unpacking and without start-up.
/// </summary>
internal static class NodeRun
{
    private const string Script = """
        const zlib = require('zlib'), fs = require('fs');
        const data = zlib.gunzipSync(fs.readFileSync(process.argv[1]));
        let best = Infinity;
        for (let run = 0; run < 5; run++) {
          const began = process.hrtime.bigint();
          let from = 0, count = 0;
          for (let to; (to = data.indexOf(10, from)) >= 0; from = to + 1) {
            if (JSON.parse(data.toString('utf8', from, to)) !== null) count++;
          }
          if (from < data.length && JSON.parse(data.toString('utf8', from)) !== null) count++;
          const seconds = Number(process.hrtime.bigint() - began) / 1e9;
          if (seconds < best) best = seconds;
        }
        console.log(process.version + ' ' + best);
        """;

    /// <summary>Node's version and best time in seconds; null where there is no Node.</summary>
    public static (string Version, double Seconds)? Measure(string path)
    {
        try
        {
            var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false };
            start.ArgumentList.Add("-e");
            start.ArgumentList.Add(Script);
            start.ArgumentList.Add(path);
            using var node = Process.Start(start);
            if (node is null)
                return null;
            var words = node.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
            node.WaitForExit();
            return node.ExitCode == 0 && words.Length == 2
                ? (words[0], double.Parse(words[1], CultureInfo.InvariantCulture))
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
