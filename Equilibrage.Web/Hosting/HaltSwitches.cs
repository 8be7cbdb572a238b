using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The kill switches outside the program: a file in the data folder and an environment variable. They work while the
/// engine is stuck, since they are read before every send.
/// </summary>
/// <param name="data">The data folder.</param>
/// <param name="variable">What <see cref="Variable"/> holds.</param>
internal sealed class HaltSwitches(string data, string? variable)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "HALT";

    /// <summary>The environment variable; anything but empty, 0, false, no and off halts.</summary>
    public const string Variable = "EQUILIBRAGE_HALT";

    private const int MostWords = 200;
    private static readonly string[] Off = ["", "0", "false", "no", "off"];

    private readonly bool isVariableOn = !Off.Contains(variable?.Trim() ?? "", StringComparer.OrdinalIgnoreCase);

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(data, FileName);

    /// <summary>Each switch with what it says; null for one that is off.</summary>
    public IEnumerable<(HaltCause Switch, string? Reason)> Read()
    {
        yield return (HaltCause.File, FileReason());
        yield return (HaltCause.Environment, VariableReason());
    }

    /// <summary>What stands against a purchase; null when nothing does. Safe to ask from any thread.</summary>
    public string? WhyNot() => VariableReason() ?? FileReason();

    /// <summary>Writes the file: from then on a running desk buys nothing.</summary>
    public void Write(string reason) => File.WriteAllText(FilePath, reason + Environment.NewLine);

    /// <summary>Takes the file away; false when there was none.</summary>
    public bool Remove()
    {
        var stood = File.Exists(FilePath);
        File.Delete(FilePath);
        return stood;
    }

    private string? VariableReason() => isVariableOn ? $"{Variable} is set" : null;

    private string? FileReason()
    {
        if (!File.Exists(FilePath))
            return null;
        var words = Words();
        return words.Length == 0 ? $"the file {FilePath} stands" : $"the file {FilePath} stands ({words})";
    }

    // That it stands is what counts: a file that cannot be read halts like any other.
    private string Words()
    {
        try
        {
            var line = File.ReadLines(FilePath).FirstOrDefault()?.Trim() ?? "";
            return line.Length > MostWords ? line[..MostWords] : line;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
