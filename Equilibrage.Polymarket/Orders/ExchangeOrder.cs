using System.Runtime.CompilerServices;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>The order that is signed: exactly the fields of the exchange contract's struct <c>Order</c>.</summary>
public readonly record struct ExchangeOrder
{
    /// <summary>The struct's type, whose hash begins every order's hash.</summary>
    public const string TypeText =
        "Order(uint256 salt,address maker,address signer,uint256 tokenId,uint256 makerAmount,uint256 takerAmount,"
        + "uint8 side,uint8 signatureType,uint256 timestamp,bytes32 metadata,bytes32 builder)";

    /// <summary>The largest salt: it travels as a JSON number, and beyond 2^53 some readers round.</summary>
    public const long MaxSalt = 1L << 53;

    private const int Words = 12;

    private static readonly Bytes32 Type = Eip712.HashOf(TypeText);

    /// <summary>What makes this order differ from others alike, 0 to <see cref="MaxSalt"/>.</summary>
    public long Salt { get; init; }

    /// <summary>The account that pays.</summary>
    public EthereumAddress Maker { get; init; }

    /// <summary>The account that signs; the deposit wallet itself for type 3.</summary>
    public EthereumAddress Signer { get; init; }

    /// <summary>The outcome token.</summary>
    public UInt256 TokenId { get; init; }

    /// <summary>What the maker gives, in millionths.</summary>
    public long MakerAmount { get; init; }

    /// <summary>What the maker wants, in millionths.</summary>
    public long TakerAmount { get; init; }

    /// <summary>Buy or sell.</summary>
    public Side Side { get; init; }

    /// <summary>How it is signed.</summary>
    public SignatureType SignatureType { get; init; }

    /// <summary>Creation, Unix milliseconds.</summary>
    public long TimestampMs { get; init; }

    /// <summary>Free for the maker's use; zero as a rule.</summary>
    public Bytes32 Metadata { get; init; }

    /// <summary>Code of the program that built the order, to which its volume is attributed; zero for none.</summary>
    public Bytes32 Builder { get; init; }

    /// <summary>The amounts together.</summary>
    public OrderAmounts Amounts => new(MakerAmount, TakerAmount);

    /// <summary>An order of a wallet.</summary>
    /// <param name="wallet">Who signs and whose money it is.</param>
    /// <param name="tokenId">The outcome token.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="amounts">What it gives and wants.</param>
    /// <param name="salt">0 to <see cref="MaxSalt"/>.</param>
    /// <param name="timestampMs">Unix milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The salt is out of range.</exception>
    public static ExchangeOrder Of(
        TradingWallet wallet, in UInt256 tokenId, Side side, OrderAmounts amounts, long salt, long timestampMs)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        ArgumentOutOfRangeException.ThrowIfNegative(salt);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(salt, MaxSalt);
        return new()
        {
            Salt = salt,
            Maker = wallet.Funder,
            Signer = wallet.OrderSigner,
            TokenId = tokenId,
            MakerAmount = amounts.Maker,
            TakerAmount = amounts.Taker,
            Side = side,
            SignatureType = wallet.Type,
            TimestampMs = timestampMs,
        };
    }

    /// <summary>The hash of the struct.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    [SkipLocalsInit]
    public Bytes32 StructHash()
    {
        var words = new WordWriter(stackalloc byte[Words * Bytes32.Length]);
        words.Add(Type);
        words.Add(Salt);
        words.Add(Maker);
        words.Add(Signer);
        words.Add(TokenId);
        words.Add(MakerAmount);
        words.Add(TakerAmount);
        words.Add((long)Side);
        words.Add((long)SignatureType);
        words.Add(TimestampMs);
        words.Add(Metadata);
        words.Add(Builder);
        return Keccak256.Hash(words.Written);
    }

    /// <summary>
    /// The order's id: its digest in the exchange's domain, for every signature type. It is known before anything is
    /// sent, so that an order whose answer got lost can be looked up.
    /// </summary>
    public Bytes32 Id(ExchangeDomain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return Eip712.Digest(domain.Separator, StructHash());
    }
}
