using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>
/// The same money three times: on the chain, in the exchange's figures, in our books. Each difference comes with its
/// reason.
/// </summary>
internal sealed class BalanceCheck : ICheck
{
    private const int TokensPerCall = 200;
    private const int MostNamed = 3;

    /// <inheritdoc/>
    public string Name => "balances";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => patient is { IsLive: true, Wallet: not null };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var reader = new WalletReader(
            examination.Chain, examination.Contracts, examination.Patient.Wallet!.Funder);
        var chain = await reader.GetCollateralAsync(cancellation);
        if (chain.Error is { } error)
            return [Finding.Problem(Name, $"The chain does not tell the balance ({error.Message.TrimEnd('.')}).")];
        var findings = new List<Finding> { Finding.Fine(Name, $"On the chain: {chain.Value} dollars.") };
        if (examination.Patient.Signer is not null)
            findings.Add(await ExchangeAsync(examination, chain.Value, cancellation));
        if (examination.Patient.Ledger is { } ledger)
            findings.AddRange(await LedgerAsync(ledger, reader, chain.Value, cancellation));
        return findings;
    }

    private async Task<Finding> ExchangeAsync(Examination examination, Usdc chain, CancellationToken cancellation)
    {
        var account = await examination.AccountAsync(cancellation);
        if (account.Value is not { } clob)
            return Finding.Note(Name, "The exchange's figure needs the API key, which could not be had.");
        var first = await clob.GetBalanceAsync(null, cancellation);
        if (first.Value is not { } shown)
            return Unread(first.Error);
        var before = Usdc.FromMicros(shown.BalanceMicros);
        if (before == chain)
            return Finding.Fine(Name, $"At the exchange: {before} dollars, as on the chain.");
        await clob.RefreshBalanceAsync(null, cancellation);
        var again = await clob.GetBalanceAsync(null, cancellation);
        if (again.Value is not { } renewed)
            return Unread(again.Error);
        var after = Usdc.FromMicros(renewed.BalanceMicros);
        return after == chain
            ? Finding.Note(
                Name, $"At the exchange: {before} dollars from an old copy; it has been asked to read the chain again "
                    + $"and now says {after}.")
            : Finding.Problem(
                Name, $"At the exchange: {after} dollars, on the chain {chain}: trades that are not settled yet "
                    + "explain that for a minute, after which the wallet's funder is not the one that this key is "
                    + "registered with.");
    }

    private async Task<IReadOnlyList<Finding>> LedgerAsync(
        Func<CancellationToken, Task<LedgerFigures?>> read, WalletReader reader, Usdc chain,
        CancellationToken cancellation)
    {
        if (await read(cancellation) is not { } ours)
        {
            return [Finding.Note(
                Name, "In our books: nothing yet; they begin with what the wallet holds when the desk first trades "
                    + "it.")];
        }

        var findings = new List<Finding>();
        var difference = ours.Cash - chain;
        if (difference == Usdc.Zero)
            findings.Add(Finding.Fine(Name, $"In our books: {ours.Cash} dollars, as on the chain."));
        else if (difference == ours.Unsettled)
        {
            findings.Add(Finding.Note(
                Name, $"In our books: {ours.Cash} dollars; the difference of {difference} from the chain is that of "
                    + "trades which are matched and not confirmed."));
        }
        else
        {
            findings.Add(Finding.Problem(
                Name, $"In our books: {ours.Cash} dollars, on the chain {chain}; unconfirmed trades explain "
                    + $"{ours.Unsettled} of the difference of {difference}, the rest was moved without the desk: it "
                    + "books that itself within a minute of running, else look at its incidents."));
        }

        findings.AddRange(await SharesAsync(ours, reader, cancellation));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> SharesAsync(
        LedgerFigures ours, WalletReader reader, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        foreach (var batch in ours.Shares.Chunk(TokensPerCall))
        {
            var read = await reader.GetTokensAsync(
                [.. batch.Select(held => UInt256.Parse(held.Key.Value))], cancellation);
            if (read.Value is not { } shares)
                return [Finding.Problem(Name, "The chain does not tell the shares "
                    + $"({read.Error!.Message.TrimEnd('.')}).")];
            wrong.AddRange(batch.Zip(shares).Where(pair => pair.First.Value > pair.Second)
                .Select(pair => $"{pair.First.Value} and {pair.Second} of token {Short(pair.First.Key)}"));
        }

        if (wrong.Count == 0)
            return [Finding.Fine(Name, $"Shares of {ours.Shares.Count} tokens in our books are on the chain.")];
        var named = string.Join("; ", wrong.Take(MostNamed));
        return [Finding.Problem(
            Name, $"Our books and the chain differ in {wrong.Count} tokens ({named}): unsettled trades explain that "
                + "for a minute, else look at the desk's incidents.")];
    }

    private static string Short(TokenId token) =>
        token.Value.Length > 12 ? $"{token.Value[..6]}…{token.Value[^4..]}" : token.Value;

    private Finding Unread(PolymarketError? error) => Finding.Problem(
        Name, $"The exchange does not tell the balance ({error?.Message.TrimEnd('.') ?? "an empty answer"}): try "
            + "again later.");
}
