namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>One thing that the doctor looks at on the exchange's side.</summary>
internal interface ICheck
{
    /// <summary>The check, in a word or two.</summary>
    string Name { get; }

    /// <summary>True when it means something for this patient.</summary>
    bool Applies(Patient patient);

    /// <summary>Looks. What cannot be learned is a finding, not an exception.</summary>
    Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation);
}
