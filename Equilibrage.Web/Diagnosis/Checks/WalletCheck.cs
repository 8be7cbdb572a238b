using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>
/// What kind of wallet holds the money: by its derivation from the key's account and by its code on the chain. Looks
/// into the key's other wallets too, since the money is often in one of those.
/// </summary>
internal sealed class WalletCheck : ICheck
{
    private static readonly Usdc Dust = Usdc.FromDecimal(0.01m);

    /// <inheritdoc/>
    public string Name => "wallet";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => patient is { IsLive: true, Wallet: not null };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var wallet = examination.Patient.Wallet!;
        var findings = new List<Finding>();
        if (await CodeAsync(examination, wallet, cancellation) is { } code)
            findings.Add(code);
        findings.AddRange(await MoneyAsync(examination, wallet, cancellation));
        if (wallet.Type == SignatureType.Eoa)
            findings.Add(await GasAsync(examination, wallet.Signer, cancellation));
        else if (examination.Patient is { Signer: not null, Relayer: null })
        {
            findings.Add(Finding.Note(
                Name, "The vault has no relayer key, without which splits, merges and redemptions of a "
                    + $"{Word(wallet.Type)} may be refused or few: make one on the exchange's settings page and set "
                    + "the wallet again."));
        }

        return findings;
    }

    private async Task<Finding?> CodeAsync(
        Examination examination, TradingWallet wallet, CancellationToken cancellation)
    {
        var code = await examination.Chain.GetCodeAsync(wallet.Funder, cancellation);
        if (code.Error is { } error)
            return Unread(error);
        var isContract = code.Value is { Length: > 0 };
        return wallet.Type == SignatureType.Eoa || isContract
            ? Finding.Fine(
                Name, $"{wallet.Funder} is the key's {Word(wallet.Type)}: orders are signed by type "
                    + $"{(int)wallet.Type}.")
            : Finding.Problem(
                Name, $"The {Word(wallet.Type)} {wallet.Funder} does not exist on the chain yet: sign in on the "
                    + "exchange's site and deposit once.");
    }

    private async Task<IReadOnlyList<Finding>> MoneyAsync(
        Examination examination, TradingWallet wallet, CancellationToken cancellation)
    {
        var here = await CashAsync(examination, wallet.Funder, cancellation);
        if (here.Error is { } error)
            return [Unread(error)];
        if (here.Value > Dust)
            return [];
        foreach (var (type, other) in OthersOf(wallet, examination.Contracts))
        {
            var there = await CashAsync(examination, other, cancellation);
            if (there.IsOk && there.Value > Dust)
            {
                return [Finding.Problem(
                    Name, $"The money ({there.Value} dollars) is in the key's {Word(type)} {other} and not in "
                        + $"{wallet.Funder}: set the wallet again with that address as the funder.")];
            }
        }

        foreach (var (name, token) in (IEnumerable<(string, EthereumAddress)>)[
            ("USDC.e", examination.Contracts.BridgedUsdc), ("USDC", examination.Contracts.NativeUsdc)])
        {
            var unwrapped = await examination.Chain.CallAsync(
                Calldata.BalanceOf(token, wallet.Funder), wallet.Funder, cancellation);
            if (unwrapped.Value is { } bytes && new AbiReader(bytes).Number(0) is { IsZero: false })
            {
                return [Finding.Problem(
                    Name, $"The wallet holds {name} and no pUSD, which alone is traded: turn it into pUSD by a "
                        + "deposit on the exchange's site.")];
            }
        }

        return [Finding.Note(Name, "The wallet holds no pUSD: deposit on the exchange's site before the first entry.")];
    }

    private async Task<Finding> GasAsync(
        Examination examination, EthereumAddress account, CancellationToken cancellation)
    {
        // A redemption takes about 250,000 units of gas at 30 to 100 billionths: this pays for a few.
        var enough = UInt256.From(System.Numerics.BigInteger.Pow(10, 17));
        var balance = await examination.Chain.GetBalanceAsync(account, cancellation);
        if (balance.Error is { } error)
            return Unread(error);
        return balance.Value < enough
            ? Finding.Problem(
                Name, $"The account {account} pays gas itself and has less than 0.1 POL, so that winnings could not "
                    + "be redeemed: send it some POL.")
            : Finding.Fine(Name, "The account has POL for gas.");
    }

    private static async Task<PolymarketResult<Usdc>> CashAsync(
        Examination examination, EthereumAddress wallet, CancellationToken cancellation) =>
        await new WalletReader(examination.Chain, examination.Contracts, wallet).GetCollateralAsync(cancellation);

    private static IEnumerable<(SignatureType Type, EthereumAddress Wallet)> OthersOf(
        TradingWallet wallet, Contracts contracts)
    {
        var account = wallet.Signer;
        IEnumerable<(SignatureType Type, EthereumAddress Wallet)> all =
        [
            (SignatureType.Poly1271, WalletDerivation.DepositWallet(account, contracts)),
            (SignatureType.Poly1271, WalletDerivation.EarlyDepositWallet(account, contracts)),
            (SignatureType.PolyGnosisSafe, WalletDerivation.Safe(account, contracts)),
            (SignatureType.PolyProxy, WalletDerivation.Proxy(account, contracts)),
            (SignatureType.Eoa, account),
        ];
        return all.Where(other => other.Wallet != wallet.Funder);
    }

    private static string Word(SignatureType type) => type switch
    {
        SignatureType.Eoa => "own account",
        SignatureType.PolyProxy => "proxy wallet",
        SignatureType.PolyGnosisSafe => "Safe",
        _ => "deposit wallet",
    };

    private Finding Unread(PolymarketError error) => Finding.Problem(
        Name, $"The wallet could not be read from the chain ({error.Message.TrimEnd('.')}): set EQUILIBRAGE_RPC to "
            + "another node.");
}
