using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

/// <summary>Expected bytes: the same transactions signed by the library viem 2.57.20.</summary>
[Trait("Tier", "Unit")]
public sealed class EthereumTransactionTests
{
    private static readonly EthereumTransaction Approval = new()
    {
        ChainId = 137,
        Nonce = 0,
        MaxPriorityFeePerGas = 30_000_000_000,
        MaxFeePerGas = 60_000_000_000,
        GasLimit = 100_000,
        Call = Calldata.Approve(Contracts.Polygon.Collateral, Contracts.Polygon.Exchange, UInt256.MaxValue),
    };

    private static readonly EthereumTransaction Transfer = new()
    {
        ChainId = 80002,
        Nonce = 300,
        MaxPriorityFeePerGas = 0,
        MaxFeePerGas = 1,
        GasLimit = 21_000,
        Call = new(
            EthereumAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"), default, 1_000_000_000_000_000_000),
    };

    [Fact]
    public void Sign_Call_IsTheSameAsElsewhere()
    {
        using var signer = Golden.Signer();

        var (raw, hash) = Approval.Sign(signer);

        Assert.Equal(
            "0x02f8b38189808506fc23ac00850df8475800830186a094c011a7e12a19f7b1f670d46f03b03f3342e82dfb80b844095ea7b3"
            + "000000000000000000000000e111180000d2663c0091e4f400237545b87b996bfffffffffffffffffffffffffffffffffffffff"
            + "fffffffffffffffffffffffffc001a00b5342239e83dbb6dabfd9b1b4ef2ee0b23f52a8071f3bf0e545406dd5a150dba06377f5"
            + "44aaa199427a67ada245e73040cb58f08f57ba05a810f94e7f2d79d6b7",
            Hex.Encode(raw));
        Assert.Equal("0x477f42c0aba173db82f5a7976f6c55b6660a570724ff35ec88b78a0595235f5f", hash.ToString());
    }

    [Fact]
    public void Sign_PlainTransfer_IsTheSameAsElsewhere()
    {
        using var signer = Golden.Signer();

        var (raw, hash) = Transfer.Sign(signer);

        Assert.Equal(
            "0x02f86f8301388282012c80018252089470997970c51812dc3a010c7d01b50e0d17dc79c8880de0b6b3a764000080c080a09124"
            + "e4d9e758efe7882b433426d5831e405fd5e94a05d1719f537d7e15f40e29a02cbfdf6a98c891a68ce671fb0a3b9c035646822f"
            + "34457c8267877548ff7a3961",
            Hex.Encode(raw));
        Assert.Equal("0x1797e0329690ed1a67aad348733e6ce2326a25cf7c4c470851a39a1f87fb5e93", hash.ToString());
    }

    [Fact]
    public void Decode_SignedTransaction_ComesBackWithItsSender()
    {
        using var signer = EthereumSigner.Generate();
        foreach (var transaction in new[] { Approval, Transfer })
        {
            var decoded = EthereumTransaction.Decode(transaction.Sign(signer).Raw, out var sender);

            Assert.NotNull(decoded);
            Assert.Equal(signer.Address, sender);
            Assert.Equal(transaction.SigningHash(), decoded.SigningHash());
        }
    }

    [Fact]
    public void Decode_DamagedBytes_AreNoTransactionOfTheSender()
    {
        using var signer = Golden.Signer();
        var raw = Approval.Sign(signer).Raw;
        var random = new Random(4);
        for (var length = 0; length < raw.Length; length++)
            Assert.Null(EthereumTransaction.Decode(raw.AsSpan(0, length), out _));
        for (var round = 0; round < 2_000; round++)
        {
            var changed = raw.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);

            Assert.False(EthereumTransaction.Decode(changed, out var sender) is not null && sender == signer.Address);
        }
    }
}
