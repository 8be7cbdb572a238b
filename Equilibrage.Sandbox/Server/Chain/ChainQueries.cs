using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>Answers what wallets ask of contracts without changing anything.</summary>
internal sealed class ChainQueries(
    PracticeExchange exchange, Contracts contracts)
{
    private const int MostBalances = 1_000;

    // beacon() of the deposit wallets' factory, and nonce() of a Safe.
    private static readonly byte[] Beacon = [0x49, 0x49, 0x3a, 0x4d];
    private static readonly byte[] Nonce = Abi.Selector("nonce()");
    private static readonly byte[] HubNonce = Abi.Selector("getNonce(address)");

    /// <summary>The answer's bytes; none where there is no such contract or function.</summary>
    public async Task<byte[]> AnswerAsync(ContractCall call, CancellationToken cancellation)
    {
        switch (CalldataReader.ReadQuery(call))
        {
            case ContractQuery.Balance balance:
                return balance.Token == contracts.Collateral
                    ? Abi.Encode((UInt256)(ulong)await DollarsAsync(balance.Account, cancellation))
                    : Abi.Encode(UInt256.Zero);
            case ContractQuery.Allowance allowance:
                return Abi.Encode(allowance.Token == contracts.Collateral
                    ? await ApprovedAsync(allowance.Owner, true, allowance.Spender, cancellation)
                    : UInt256.Zero);
            case ContractQuery.AllowsAll allows:
                return Abi.Encode(allows.Token == contracts.ConditionalTokens
                    && !(await ApprovedAsync(allows.Owner, false, allows.Spender, cancellation)).IsZero);
            case ContractQuery.TokenBalance one:
                return Abi.Encode((UInt256)(ulong)(await SharesAsync([(one.Account, one.TokenId)], cancellation))[0]);
            case ContractQuery.TokenBalances { Accounts.Count: <= MostBalances } many:
                var held = await SharesAsync([.. many.Accounts.Zip(many.TokenIds)], cancellation);
                return Abi.Encode(AbiValue.Array(held.Select(shares => (AbiValue)(UInt256)(ulong)shares)));
            case ContractQuery.PayoutDenominator payout:
                return Abi.Encode((UInt256)(ulong)(await PayoutsAsync(payout.ConditionId, cancellation)).Sum());
            case ContractQuery.PayoutNumerator payout:
                var numerators = await PayoutsAsync(payout.ConditionId, cancellation);
                return payout.Outcome is 0 or 1 ? Abi.Encode((UInt256)(ulong)numerators[payout.Outcome]) : [];
            default:
                return await OtherAsync(call, cancellation);
        }
    }

    /// <summary>The count of an account's or a wallet's transactions.</summary>
    public Task<long> NonceOfAsync(EthereumAddress account, CancellationToken cancellation) =>
        exchange.LookAtChainAsync(chain => chain.NonceOf(account), cancellation);

    private Task<UInt256> ApprovedAsync(
        EthereumAddress owner, bool isCollateral, EthereumAddress spender, CancellationToken cancellation) =>
        exchange.LookAtChainAsync(
            chain => chain.Approved(WalletSet.AccountOf(owner), isCollateral, spender), cancellation);

    private async Task<byte[]> OtherAsync(ContractCall call, CancellationToken cancellation)
    {
        var selector = call.Data[..Math.Min(Abi.SelectorLength, call.Data.Length)].ToArray();
        if (selector.AsSpan().SequenceEqual(Beacon) && call.To == contracts.DepositWalletFactory)
            return Abi.Encode(contracts.DepositWalletBeacon);
        if (selector.AsSpan().SequenceEqual(Nonce))
            return Abi.Encode((UInt256)(ulong)await NonceOfAsync(call.To, cancellation));
        // A proxy wallet is served by its account's count at the relay hub.
        var isProxyNonce = call.To == contracts.RelayHub && selector.AsSpan().SequenceEqual(HubNonce)
            && call.Data.Length == Abi.SelectorLength + Bytes32.Length;
        if (!isProxyNonce)
            return [];
        var account = EthereumAddress.From(call.Data[^EthereumAddress.Length..].Span);
        return Abi.Encode((UInt256)(ulong)await NonceOfAsync(
            WalletDerivation.Proxy(account, contracts), cancellation));
    }

    // The first look at a wallet is what gives it its practice dollars.
    private async Task<long> DollarsAsync(EthereumAddress wallet, CancellationToken cancellation)
    {
        var account = WalletSet.AccountOf(wallet);
        var (figures, error) = await exchange.AskAsync(
            venue =>
            {
                venue.EnsureAccount(account);
                return venue.Figures(account, null);
            },
            isChange: true, cancellation);
        return error is null ? figures!.Balance : throw new VenueUnavailableException(error.Message);
    }

    private Task<List<long>> SharesAsync(
        List<(EthereumAddress Wallet, UInt256 Token)> asked, CancellationToken cancellation) => exchange.LookAsync(
            venue => asked.ConvertAll(each => venue.Figures(
                WalletSet.AccountOf(each.Wallet), new TokenId(each.Token.ToString())).Balance),
            cancellation);

    private async Task<long[]> PayoutsAsync(Bytes32 condition, CancellationToken cancellation)
    {
        var ended = await exchange.LookAsync(
            venue => venue.Resolutions([new MarketId(condition.ToString())]), cancellation);
        return ended is not [var resolution] ? [0, 0] : resolution.Winner switch
        {
            Outcome.Yes => [1, 0],
            Outcome.No => [0, 1],
            _ => [1, 1],
        };
    }
}
