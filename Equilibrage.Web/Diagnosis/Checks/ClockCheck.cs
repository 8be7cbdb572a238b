namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>Our clock against the exchange's: signatures with another time are refused.</summary>
internal sealed class ClockCheck : ICheck
{
    private static readonly TimeSpan Noteworthy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Harmful = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var clock = examination.Patient.Clock;
        var asked = clock.GetUtcNow();
        var answer = await examination.Clob.GetTimeAsync(cancellation);
        if (answer.Error is { } error)
            return [Finding.Problem(Name, $"The exchange does not tell its time ({error.Message}): try again later.")];
        var answered = clock.GetUtcNow();
        // Its answer is cut to the second, and was made between question and answer.
        var ahead = answer.Value + TimeSpan.FromSeconds(0.5) - (asked + ((answered - asked) / 2));
        examination.ClockOffset = ahead.Duration() > Noteworthy ? ahead : TimeSpan.Zero;
        var seconds = Math.Round(ahead.Duration().TotalSeconds, 1);
        var where = ahead > TimeSpan.Zero ? "behind" : "ahead of";
        return ahead.Duration() switch
        {
            var off when off > Harmful => [Finding.Problem(
                Name, $"This machine's clock is {seconds} s {where} the exchange's: set it by the network "
                    + "(timedatectl set-ntp true).")],
            var off when off > Noteworthy => [Finding.Note(
                Name, $"This machine's clock is {seconds} s {where} the exchange's, which is corrected for; setting "
                    + "it by the network would be better.")],
            _ => [Finding.Fine(Name, "This machine's clock agrees with the exchange's.")],
        };
    }
}
