using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Chain;

namespace Equilibrage.Tests.Unit.Chain;

/// <summary>Wallets for which the relayer sends.</summary>
[Trait("Tier", "Unit")]
public sealed class RelayedWalletTests : IDisposable
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly Bytes32 Condition = Keccak256.Hash("a market"u8);

    private readonly FakeChain chain = new();
    private readonly EthereumSigner signer = Golden.Signer();

    public RelayedWalletTests()
    {
        foreach (var state in (string[])["STATE_NEW", "STATE_EXECUTED", "STATE_MINED", "STATE_CONFIRMED"])
            chain.States.Enqueue(state);
    }

    public void Dispose() => signer.Dispose();

    [Theory]
    [InlineData(SignatureType.PolyProxy, "PROXY")]
    [InlineData(SignatureType.PolyGnosisSafe, "SAFE")]
    [InlineData(SignatureType.Poly1271, "WALLET")]
    public async Task SplitAsync_EachKind_IsSubmittedAndAwaited(SignatureType type, string wire)
    {
        var flow = await Split(type);

        Assert.True(flow.IsOk);
        var body = Assert.Single(chain.Submitted);
        Assert.Equal((wire, "7"), ((string?)body["type"], (string?)body["nonce"]));
        Assert.Empty(chain.Sent);
    }

    [Fact]
    public async Task SplitAsync_DepositWallet_HasFourMinutes()
    {
        await Split(SignatureType.Poly1271);

        Assert.Equal(
            "1777377840", (string?)Assert.Single(chain.Submitted)["depositWalletParams"]!["deadline"]);
    }

    [Theory]
    [InlineData("wallet busy: active action")]
    [InlineData("wallet has in-flight action")]
    [InlineData("batch nonce 7 does not match on-chain nonce 8")]
    public async Task SplitAsync_RelayerIsBusy_IsSignedAnewWithTheNextNonce(string words)
    {
        chain.Refusals.Enqueue(words);

        var flow = await Split(SignatureType.Poly1271);

        Assert.True(flow.IsOk);
        Assert.Equal(["7", "8"], chain.Submitted.Select(body => (string?)body["nonce"]));
        Assert.NotEqual((string?)chain.Submitted[0]["signature"], (string?)chain.Submitted[1]["signature"]);
    }

    [Theory]
    [InlineData("call blocked")]
    [InlineData("batch nonce 9 does not match on-chain nonce 8")]
    public async Task SplitAsync_RelayerRefuses_IsFinal(string words)
    {
        chain.Refusals.Enqueue(words);

        var flow = await Split(SignatureType.PolyGnosisSafe);

        Assert.Equal(words, flow.Error?.Message);
        Assert.Single(chain.Submitted);
    }

    [Fact]
    public async Task SplitAsync_AlwaysBusy_EndsAfterFiveAttempts()
    {
        for (var attempt = 0; attempt < 20; attempt++)
            chain.Refusals.Enqueue("wallet busy: active action");

        var flow = await Split(SignatureType.PolyGnosisSafe);

        Assert.False(flow.IsOk);
        Assert.Equal(5, chain.Submitted.Count);
    }

    [Fact]
    public async Task SplitAsync_AnswerGetsLost_IsNotRepeated()
    {
        chain.Lost.Add("/submit");

        var flow = await Split(SignatureType.Poly1271);

        Assert.True(flow.Error?.IsAmbiguous);
        Assert.Single(chain.Submitted);
    }

    [Fact]
    public async Task SplitAsync_TransactionFails_SaysWhy()
    {
        chain.States.Clear();
        chain.States.Enqueue("STATE_FAILED");

        var flow = await Split(SignatureType.Poly1271);

        Assert.Equal(PolymarketErrorKind.Refused, flow.Error?.Kind);
        Assert.Contains("out of luck", flow.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SplitAsync_NeverConfirmed_StaysUnknown()
    {
        chain.States.Clear();
        chain.States.Enqueue("STATE_MINED");

        var flow = await Split(SignatureType.Poly1271);

        Assert.Equal(PolymarketErrorKind.NoAnswer, flow.Error?.Kind);
    }

    [Theory]
    [InlineData(SignatureType.Poly1271, false, 1)]
    [InlineData(SignatureType.Poly1271, true, 0)]
    [InlineData(SignatureType.PolyGnosisSafe, false, 0)]
    public async Task EnsureWalletAsync_Wallet_IsMadeWhereItIsMissing(SignatureType type, bool isThere, int made)
    {
        chain.IsDeployed = isThere;

        var exists = await Sender(type).EnsureWalletAsync(CancellationToken.None);

        Assert.True(exists.Value);
        Assert.Equal(made, chain.Submitted.Count(body => (string?)body["type"] == "WALLET-CREATE"));
    }

    [Fact]
    public void Keys_Headers_AreTheRelayers()
    {
        var call = new RestCall
        {
            Service = PolymarketService.Relayer, Method = "POST", Path = "/submit", Body = "{}"u8.ToArray(),
        };
        using var own = new HttpRequestMessage();
        using var builder = new HttpRequestMessage();
        var requests = new RequestSigner(new("key", "AAAA", "passphrase"), signer.Address);

        new RelayerKey("secret", signer.Address).Authorize(own, call, default);
        new BuilderKey(requests).Authorize(builder, call, DateTimeOffset.FromUnixTimeSeconds(17));

        Assert.Equal(["RELAYER_API_KEY=secret", $"RELAYER_API_KEY_ADDRESS={signer.Address}"], Headers(own));
        Assert.Equal(
            [
                "POLY_BUILDER_API_KEY=key", "POLY_BUILDER_PASSPHRASE=passphrase",
                $"POLY_BUILDER_SIGNATURE={requests.Sign(17, "POST", "/submit", "{}"u8)}",
                "POLY_BUILDER_TIMESTAMP=17",
            ],
            Headers(builder));
        Assert.DoesNotContain(
            "secret", new RelayerKey("secret", signer.Address).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STATE_NEW", RelayerState.New)]
    [InlineData("STATE_CONFIRMED", RelayerState.Confirmed)]
    [InlineData("STATE_INVALID", RelayerState.Invalid)]
    public void RelayerStates_Text_ComesBack(string text, RelayerState state)
    {
        Assert.True(RelayerStates.TryParse(text, out var read));
        Assert.Equal((state, text), (read, state.ToWire()));
        Assert.False(RelayerStates.TryParse("NEW", out _));
    }

    private static IEnumerable<string> Headers(HttpRequestMessage request) =>
        request.Headers.Select(header => $"{header.Key}={header.Value.Single()}").Order();

    private Task<PolymarketResult<WalletFlow>> Split(SignatureType type)
    {
        var sender = Sender(type);
        var wallet = new ChainWallet(new(new(chain), Polygon, FunderOf(type)), sender, Polygon);
        return wallet.SplitAsync(Condition, Usdc.FromDecimal(5), isNegRisk: false, CancellationToken.None);
    }

    private RelayedSender Sender(SignatureType type)
    {
        var clock = new SwiftTime();
        var relayer = new RelayerClient(chain, new RelayerKey("key", signer.Address), clock);
        return new(
            new(signer.Address, FunderOf(type), type), signer, relayer, new JsonRpcClient(chain), Polygon, clock);
    }

    private EthereumAddress FunderOf(SignatureType type) => type switch
    {
        SignatureType.PolyProxy => WalletDerivation.Proxy(signer.Address, Polygon),
        SignatureType.PolyGnosisSafe => WalletDerivation.Safe(signer.Address, Polygon),
        _ => WalletDerivation.DepositWallet(signer.Address, Polygon),
    };
}
