using Equilibrage.Polymarket.Chain;

namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>The permissions for buying, selling, splitting, merging and redeeming, contract by contract.</summary>
internal sealed class AllowanceCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "allowances";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => patient is { IsLive: true, Wallet: not null };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var contracts = examination.Contracts;
        var reader = new WalletReader(examination.Chain, contracts, examination.Patient.Wallet!.Funder);
        var required = Approval.Required(contracts);
        var missing = await reader.GetMissingAsync([.. required], cancellation);
        if (missing.Value is not { } none)
        {
            return [Finding.Problem(
                Name, $"The allowances could not be read from the chain ({missing.Error!.Message.TrimEnd('.')}): set "
                    + "EQUILIBRAGE_RPC to another node.")];
        }

        return none.Count == 0
            ? [Finding.Fine(Name, $"All {required.Count} permissions are given.")]
            : [.. none.Select(Missing)];
    }

    private Finding Missing(Approval approval)
    {
        var what = approval.IsForOutcomeTokens ? "outcome tokens" : "pUSD";
        return Finding.Problem(
            Name, $"The contract {approval.Spender} may not move the wallet's {what}, which it must to "
                + $"{approval.Purpose}: give the permission by trading once on the exchange's site.");
    }
}
