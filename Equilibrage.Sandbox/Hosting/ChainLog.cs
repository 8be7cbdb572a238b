using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>An event of a transaction.</summary>
/// <param name="Contract">Who said it.</param>
/// <param name="Topics">Its kind and what it is indexed by.</param>
/// <param name="Data">The rest.</param>
internal sealed record ChainLog(EthereumAddress Contract, IReadOnlyList<Bytes32> Topics, byte[] Data)
{
    private static readonly Bytes32 Transfer = Abi.Topic("Transfer(address,address,uint256)");

    private static readonly Bytes32 TransferSingle =
        Abi.Topic("TransferSingle(address,address,address,uint256,uint256)");

    /// <summary>Dollars moved.</summary>
    public static ChainLog Dollars(Contracts contracts, EthereumAddress from, EthereumAddress to, long micros) => new(
        contracts.Collateral, [Transfer, Topic(from), Topic(to)], Abi.Encode((UInt256)(ulong)micros));

    /// <summary>Shares moved; from or to nobody when they came into being or ceased to be.</summary>
    public static ChainLog Shares(
        Contracts contracts, EthereumAddress mover, EthereumAddress from, EthereumAddress to, UInt256 token,
        long micros) => new(
            contracts.ConditionalTokens, [TransferSingle, Topic(mover), Topic(from), Topic(to)],
            Abi.Encode(token, (UInt256)(ulong)micros));

    private static Bytes32 Topic(EthereumAddress address)
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        address.CopyToWord(word);
        return Bytes32.From(word);
    }
}
