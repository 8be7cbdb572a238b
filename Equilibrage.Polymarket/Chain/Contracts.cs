using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>The addresses of the venue's contracts on one chain.</summary>
public sealed record Contracts
{
    /// <summary>Chain id of Polygon.</summary>
    public const long PolygonChainId = 137;

    /// <summary>Chain id of Amoy, Polygon's test network.</summary>
    public const long AmoyChainId = 80002;

    /// <summary>The venue on Polygon.</summary>
    public static Contracts Polygon { get; } = new()
    {
        ChainId = PolygonChainId,
        Exchange = At("0xE111180000d2663C0091e4f400237545B87B996B"),
        NegRiskExchange = At("0xe2222d279d744050d28e00520010520000310F59"),
        ExchangeV3 = At("0xe3333700cA9d93003F00f0F71f8515005F6c00Aa"),
        ConditionalTokens = At("0x4D97DCd97eC945f40cF65F87097ACe5EA0476045"),
        Collateral = At("0xC011a7E12a19f7B1f670d46F03B03f3342E82DFB"),
        CollateralAdapter = At("0xAdA100Db00Ca00073811820692005400218FcE1f"),
        NegRiskCollateralAdapter = At("0xadA2005600Dec949baf300f4C6120000bDB6eAab"),
    };

    /// <summary>The venue on Amoy. Contracts that the venue has not published there are Polygon's.</summary>
    public static Contracts Amoy { get; } = Polygon with
    {
        ChainId = AmoyChainId,
        ExchangeV3 = At("0x9fE6e61422AdB6F610d8597F9684b16912D50C3D"),
        ConditionalTokens = At("0x69308FB512518e39F9b16112fA8d994F4e2Bf8bB"),
    };

    /// <summary>137 for Polygon, 80002 for Amoy.</summary>
    public required long ChainId { get; init; }

    /// <summary>Exchange of markets that stand alone.</summary>
    public required EthereumAddress Exchange { get; init; }

    /// <summary>Exchange of markets of which at most one can be YES (negative risk).</summary>
    public required EthereumAddress NegRiskExchange { get; init; }

    /// <summary>Exchange of markets whose version is <c>v2</c>.</summary>
    public required EthereumAddress ExchangeV3 { get; init; }

    /// <summary>The outcome tokens (ERC-1155), six decimals.</summary>
    public required EthereumAddress ConditionalTokens { get; init; }

    /// <summary>
    /// pUSD, the collateral of trading (ERC-20), six decimals. It is upgradeable: never pin its code.
    /// </summary>
    public required EthereumAddress Collateral { get; init; }

    /// <summary>Splits, merges and redeems in pUSD.</summary>
    public required EthereumAddress CollateralAdapter { get; init; }

    /// <summary>Splits, merges and redeems in pUSD on negative-risk markets.</summary>
    public required EthereumAddress NegRiskCollateralAdapter { get; init; }

    /// <summary>
    /// The first negative-risk adapter: still the oracle of such conditions, and what converts NO shares.
    /// </summary>
    public EthereumAddress NegRiskAdapter { get; init; } = At("0xd91E80cF2E7be2e162c6513ceD06f1dD0dA35296");

    /// <summary>The collateral inside the ids of negative-risk tokens.</summary>
    public EthereumAddress WrappedCollateral { get; init; } = At("0x3A3BD7bb9528E159577F7C2e685CC81A765002E2");

    /// <summary>Bridged USDC (USDC.e): the collateral inside the ids of other tokens.</summary>
    public EthereumAddress BridgedUsdc { get; init; } = At("0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174");

    /// <summary>Circle's own USDC.</summary>
    public EthereumAddress NativeUsdc { get; init; } = At("0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359");

    /// <summary>Turns USDC into pUSD.</summary>
    public EthereumAddress Onramp { get; init; } = At("0x93070a847efEf7F70739046A929D47a521F5B8ee");

    /// <summary>Turns pUSD into USDC.</summary>
    public EthereumAddress Offramp { get; init; } = At("0x2957922Eb93258b93368531d39fAcCA3B4dC5854");

    /// <summary>Redeems resolved shares by itself, where it is allowed to.</summary>
    public EthereumAddress AutoRedeemer { get; init; } = At("0xa1200000d0002264C9a1698e001292D00E1b00af");

    /// <summary>Splits, merges and redeems on markets whose version is <c>v2</c>.</summary>
    public EthereumAddress Router { get; init; } = At("0x12121212006e4CD160D18e3f00711DA5c3372600");

    /// <summary>Outcome tokens of markets whose version is <c>v2</c>.</summary>
    public EthereumAddress PositionManager { get; init; } = At("0x006F54F7f9A22e0000CC2AB60031000000ae9fEF");

    /// <summary>Makes proxy wallets.</summary>
    public EthereumAddress ProxyFactory { get; init; } = At("0xaB45c5A4B0c941a2F231C04C3f49182e1A254052");

    /// <summary>Makes Safe wallets.</summary>
    public EthereumAddress SafeFactory { get; init; } = At("0xaacFeEa03eb1561C4e67d661e40682Bd20E3541b");

    /// <summary>Makes deposit wallets.</summary>
    public EthereumAddress DepositWalletFactory { get; init; } = At("0x00000000000Fb5C9ADea0298D729A0CB3823Cc07");

    /// <summary>Names the code that deposit wallets run.</summary>
    public EthereumAddress DepositWalletBeacon { get; init; } = At("0x7A18EDfe055488A3128f01F563e5B479D92ffc3a");

    /// <summary>The code of the deposit wallets that were made before 2026-06-29.</summary>
    public EthereumAddress DepositWalletImplementation { get; init; } =
        At("0x58CA52ebe0DadfdF531Cde7062e76746de4Db1eB");

    /// <summary>Packs several calls of a Safe into one.</summary>
    public EthereumAddress MultiSend { get; init; } = At("0xA238CBeb142c10Ef7Ad8442C6D1f9E89e07e7761");

    /// <summary>Pays for the calls of proxy wallets.</summary>
    public EthereumAddress RelayHub { get; init; } = At("0xD216153c06E857cD7f72665E0aF1d7D82172F494");

    /// <summary>The contracts of a chain.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The venue is not on that chain.</exception>
    public static Contracts For(long chainId) => chainId switch
    {
        PolygonChainId => Polygon,
        AmoyChainId => Amoy,
        _ => throw new ArgumentOutOfRangeException(
            nameof(chainId), chainId, "The venue is on Polygon (137) and on Amoy (80002) only."),
    };

    /// <summary>The exchange that settles a market.</summary>
    public EthereumAddress ExchangeOf(bool isNegRisk) => isNegRisk ? NegRiskExchange : Exchange;

    /// <summary>The adapter that splits, merges and redeems a market's shares.</summary>
    public EthereumAddress AdapterOf(bool isNegRisk) => isNegRisk ? NegRiskCollateralAdapter : CollateralAdapter;

    private static EthereumAddress At(string address) => EthereumAddress.Parse(address);
}
