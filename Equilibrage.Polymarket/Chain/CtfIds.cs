using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>The ids of conditions, collections and outcome tokens, as the Conditional Tokens make them.</summary>
public static class CtfIds
{
    private const int BinaryOutcomes = 2;
    private const int OddBit = 254;

    // The field of the curve alt_bn128, y² = x³ + 3. It is 3 modulo 4, so that a root is one power.
    private static readonly BigInteger Prime = BigInteger.Parse(
        "21888242871839275222246405745257275088696311157297823662689037894645226208583",
        CultureInfo.InvariantCulture);

    private static readonly BigInteger RootExponent = (Prime + 1) / 4;

    /// <summary>The id of a binary market.</summary>
    /// <param name="oracle">Who reports its result: the resolver, or for negative risk the adapter.</param>
    /// <param name="questionId">The oracle's name for the question.</param>
    public static Bytes32 Condition(EthereumAddress oracle, Bytes32 questionId)
    {
        Span<byte> bytes = stackalloc byte[EthereumAddress.Length + (2 * Bytes32.Length)];
        bytes.Clear();
        oracle.CopyTo(bytes);
        questionId.CopyTo(bytes[EthereumAddress.Length..]);
        bytes[^1] = BinaryOutcomes;
        return Keccak256.Hash(bytes);
    }

    /// <summary>The id of one outcome as a point of alt_bn128: collections add up as points do.</summary>
    /// <param name="conditionId">The market.</param>
    /// <param name="outcome">0 for the first outcome, 1 for the second.</param>
    public static Bytes32 Collection(Bytes32 conditionId, int outcome)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outcome);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outcome, BinaryOutcomes);
        Span<byte> bytes = stackalloc byte[2 * Bytes32.Length];
        bytes.Clear();
        conditionId.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[^sizeof(int)..], 1 << outcome);
        var x = Number(Keccak256.Hash(bytes));
        var isOdd = x >> 255 != 0;
        BigInteger root;
        do
        {
            x = (x + 1) % Prime;
            var square = ((x * x * x) + 3) % Prime;
            root = BigInteger.ModPow(square, RootExponent, Prime);
            if (root * root % Prime == square)
                break;
        }
        while (true);

        var y = root.IsEven == isOdd ? Prime - root : root;
        var id = y.IsEven ? x : x ^ (BigInteger.One << OddBit);
        UInt256.From(id).CopyTo(bytes);
        return Bytes32.From(bytes);
    }

    /// <summary>The id of an outcome token.</summary>
    /// <param name="collateral">What it is made of.</param>
    /// <param name="collectionId">The outcome.</param>
    public static UInt256 Position(EthereumAddress collateral, Bytes32 collectionId)
    {
        Span<byte> bytes = stackalloc byte[EthereumAddress.Length + Bytes32.Length];
        collateral.CopyTo(bytes);
        collectionId.CopyTo(bytes[EthereumAddress.Length..]);
        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(bytes, digest);
        return UInt256.FromBigEndian(digest);
    }

    /// <summary>The id of a market's outcome token. pUSD is not in it: the collateral underneath is.</summary>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="conditionId">The market.</param>
    /// <param name="outcome">0 for the first outcome, 1 for the second.</param>
    /// <param name="isNegRisk">The market's own flag.</param>
    public static UInt256 Token(Contracts contracts, Bytes32 conditionId, int outcome, bool isNegRisk)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        return Position(
            isNegRisk ? contracts.WrappedCollateral : contracts.BridgedUsdc, Collection(conditionId, outcome));
    }

    /// <summary>The oracle's name for one question of a negative-risk market: the market's id and, last, the question's
    /// number.</summary>
    public static Bytes32 NegRiskQuestion(Bytes32 marketId, byte question)
    {
        var bytes = marketId.ToArray();
        bytes[^1] = question;
        return Bytes32.From(bytes);
    }

    private static BigInteger Number(Bytes32 value) => new(value.ToArray(), isUnsigned: true, isBigEndian: true);
}
