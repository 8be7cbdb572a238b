namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>Whether the exchange knows the key, and whether the account may trade.</summary>
internal sealed class KeyCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "key";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => patient is { IsLive: true, Signer: not null };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var account = await examination.AccountAsync(cancellation);
        if (account.Value is not { } clob)
        {
            var why = account.Error!.Message.TrimEnd('.');
            return [Finding.Problem(
                Name, $"The exchange gives the wallet no API key ({why}): sign in on its site once with this wallet, "
                    + "and check this machine's clock.")];
        }

        var closed = await clob.GetClosedOnlyAsync(cancellation);
        return closed switch
        {
            { Value.IsClosedOnly: true } => [Finding.Problem(
                Name, "The exchange lets this account only reduce: its support says why.")],
            { Error: { } error } => [Finding.Problem(
                Name, $"The API key is refused ({error.Message.TrimEnd('.')}): check this machine's clock, then try "
                    + "again.")],
            _ => [Finding.Fine(Name, $"The exchange knows the key of {examination.Patient.Wallet!.Signer}.")],
        };
    }
}
