namespace Equilibrage.Web.Diagnosis;

/// <summary>What the doctor found.</summary>
/// <param name="Mode">The mode that was looked at.</param>
/// <param name="At">When, wall time.</param>
/// <param name="Findings">In the order of the checks.</param>
public sealed record DoctorReport(string Mode, DateTimeOffset At, IReadOnlyList<Finding> Findings)
{
    /// <summary>True when nothing has to be mended.</summary>
    public bool IsClean => Findings.All(finding => finding.Level != FindingLevel.Problem);

    /// <summary>What has to be mended.</summary>
    public IEnumerable<Finding> Problems => Findings.Where(finding => finding.Level == FindingLevel.Problem);
}
