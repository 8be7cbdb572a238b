using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>
/// The signing domain of one exchange contract. An order that is signed for another exchange than its market's is
/// refused with <c>invalid signature</c>.
/// </summary>
public sealed class ExchangeDomain
{
    private const string Name = "Polymarket CTF Exchange";

    private static readonly ExchangeDomain[] Known =
        [.. Of(Contracts.Polygon), .. Of(Contracts.Amoy)];

    private ExchangeDomain(long chainId, EthereumAddress exchange, string version)
    {
        (ChainId, Exchange, Version) = (chainId, exchange, version);
        Separator = Eip712.DomainSeparator(chainId, Name, version, exchange);
    }

    /// <summary>137 for Polygon, 80002 for its test network Amoy.</summary>
    public long ChainId { get; }

    /// <summary>The contract that checks the signature.</summary>
    public EthereumAddress Exchange { get; }

    /// <summary><c>2</c>, or <c>3</c> for markets whose version is <c>v2</c>.</summary>
    public string Version { get; }

    /// <summary>The domain's hash.</summary>
    public Bytes32 Separator { get; }

    /// <summary>The domain of a market.</summary>
    /// <param name="chainId">137 for Polygon, 80002 for Amoy.</param>
    /// <param name="isNegRisk">The market's own flag <c>negRisk</c>, not <c>negRiskOther</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The venue is not on that chain.</exception>
    public static ExchangeDomain For(long chainId, bool isNegRisk) =>
        Find(chainId, Contracts.For(chainId).ExchangeOf(isNegRisk));

    /// <summary>The domain of the markets whose version is <c>v2</c>.</summary>
    /// <param name="chainId">137 for Polygon, 80002 for Amoy.</param>
    /// <exception cref="ArgumentOutOfRangeException">The venue is not on that chain.</exception>
    public static ExchangeDomain ForVersion2Markets(long chainId) =>
        Find(chainId, Contracts.For(chainId).ExchangeV3);

    private static ExchangeDomain Find(long chainId, EthereumAddress exchange) =>
        Known.Single(domain => domain.ChainId == chainId && domain.Exchange == exchange);

    private static ExchangeDomain[] Of(Contracts contracts) =>
    [
        new(contracts.ChainId, contracts.Exchange, "2"),
        new(contracts.ChainId, contracts.NegRiskExchange, "2"),
        new(contracts.ChainId, contracts.ExchangeV3, "3"),
    ];
}
