using System.Globalization;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Orders;

/// <summary>Orders from their inputs to the bytes that are sent, against the official client's.</summary>
[Trait("Tier", "Unit")]
public sealed class GoldenOrderTests
{
    [Fact]
    public void Types_Hashes_AreTheContracts()
    {
        var golden = Golden.Read("orders-v2");

        Assert.Equal(ExchangeOrder.TypeText, golden.Text("orderTypeString"));
        Assert.Equal(golden.Word("orderTypeHash"), Eip712.HashOf(ExchangeOrder.TypeText));
    }

    [Fact]
    public void Order_GoldenInputs_GiveTheSameIdSignatureAndBody()
    {
        using var signer = Golden.Signer();
        foreach (var vector in Golden.Vectors("orders-v2"))
        {
            var (order, domain) = (OrderOf(vector, signer.Address), DomainOf(vector));
            var signature = OrderSignature.Sign(signer, order, domain);
            var expected = vector.GetProperty("order");
            var request = RequestOf(vector, order, signature);

            Assert.Equal(vector.Word("domainSeparator"), domain.Separator);
            Assert.Equal(vector.Word("structHash"), order.StructHash());
            Assert.Equal(vector.Word("digest"), order.Id(domain));
            Assert.Equal(expected.Text("signature"), Hex.Encode(signature));
            Assert.Equal(
                vector.GetProperty("request").Text("rawBody"), Encoding.UTF8.GetString(OrderJson.ToUtf8(request)));
        }
    }

    [Fact]
    public void Order_GoldenRequests_AreAuthenticatedAlike()
    {
        var golden = Golden.Read("orders-v2");
        var creds = golden.GetProperty("creds");
        var requests = new RequestSigner(
            new(creds.Text("key"), creds.Text("secret"), creds.Text("passphrase")), golden.Address("address"));
        foreach (var vector in Golden.Vectors("orders-v2"))
        {
            var (request, headers) = (
                vector.GetProperty("request"), vector.GetProperty("request").GetProperty("polyHeaders"));
            var body = Encoding.UTF8.GetBytes(request.Text("rawBody"));

            Assert.Equal(
                new L2Headers(
                    headers.Text("poly_address"), headers.Text("poly_signature"), headers.Text("poly_timestamp"),
                    headers.Text("poly_api_key"), headers.Text("poly_passphrase")),
                requests.Headers(headers.Number("poly_timestamp"), request.Text("method"), request.Text("path"), body));
        }
    }

    [Fact]
    public void Order_GoldenDepositWallets_AreNestedAlike()
    {
        var nested = 0;
        foreach (var vector in Golden.Vectors("orders-v2"))
        {
            if (!vector.TryGetProperty("erc7739", out var expected))
                continue;
            nested++;
            var (contents, wallet, domain) = (
                vector.Word("structHash"), vector.GetProperty("order").Address("maker"), DomainOf(vector));

            Assert.Equal(
                expected.Word("signedStructHash"),
                OrderSignature.NestedStructHash(contents, wallet, domain.ChainId));
            Assert.Equal(expected.Word("signedDigest"), OrderSignature.NestedDigest(contents, wallet, domain));
            Assert.Equal(expected.Number("totalBytes"), OrderSignature.Length(SignatureType.Poly1271));
        }
        Assert.Equal(3, nested);
    }

    [Fact]
    public void Verify_GoldenOrders_AreGoodAndAnyChangeIsNot()
    {
        foreach (var vector in Golden.Vectors("orders-v2"))
        {
            var domain = DomainOf(vector);
            Assert.Null(OrderJsonReader.Read(
                Encoding.UTF8.GetBytes(vector.GetProperty("request").Text("rawBody")), out var request));
            var (order, signature) = (request.Order, request.Signature.ToArray());

            Assert.True(OrderVerification.Verify(order, domain, signature, out var key));
            Assert.Equal(vector.Address("recoveredSigner"), key);
            Assert.False(Verifies(order with { MakerAmount = order.MakerAmount + 1 }, domain, signature));
            Assert.False(Verifies(order with { Salt = order.Salt + 1 }, domain, signature));
            Assert.False(Verifies(order with { Maker = domain.Exchange }, domain, signature));
            Assert.False(Verifies(order with { Signer = domain.Exchange }, domain, signature));
            Assert.False(Verifies(order, Other(domain), signature));
            Assert.False(Verifies(order, domain, signature[..^1]));
            signature[^1] ^= 0x01;
            Assert.False(Verifies(order, domain, signature));
        }
    }

    [Fact]
    public void Read_GoldenBodies_AreWhatWasWritten()
    {
        foreach (var vector in Golden.Vectors("orders-v2"))
        {
            var body = vector.GetProperty("request").Text("rawBody");

            Assert.Null(OrderJsonReader.ReadBatch(
                Encoding.UTF8.GetBytes($"[{body},{body}]"), out var requests));
            Assert.All(requests, request => Assert.Equal(body, Encoding.UTF8.GetString(OrderJson.ToUtf8(request))));
        }
    }

    private static bool Verifies(ExchangeOrder order, ExchangeDomain domain, byte[] signature) =>
        OrderVerification.Verify(order, domain, signature, out _);

    private static ExchangeDomain Other(ExchangeDomain domain) =>
        ExchangeDomain.For(domain.ChainId, isNegRisk: domain.Exchange == Contracts.For(domain.ChainId).Exchange);

    private static ExchangeDomain DomainOf(JsonElement vector)
    {
        var (input, domain) = (vector.GetProperty("input"), vector.GetProperty("domain"));
        return domain.Text("version") == "3"
            ? ExchangeDomain.ForVersion2Markets(input.Number("chainId"))
            : ExchangeDomain.For(input.Number("chainId"), input.GetProperty("negRisk").GetBoolean());
    }

    private static ExchangeOrder OrderOf(JsonElement vector, EthereumAddress account)
    {
        var (input, args) = (vector.GetProperty("input"), vector.GetProperty("input").GetProperty("args"));
        var wallet = new TradingWallet(
            account, input.Address("funder"), (SignatureType)input.Number("signatureType"));
        var side = args.Text("side") == "BUY" ? Side.Buy : Side.Sell;
        var salt = (long)Math.Round(input.GetProperty("mathRandom").GetDouble() * input.Number("nowMs"));
        return ExchangeOrder.Of(
            wallet, UInt256.Parse(args.Text("tokenID")), side, AmountsOf(input, args, side), salt,
            input.Number("nowMs")) with
        {
            Builder = Optional(args, "builderCode"),
            Metadata = Optional(args, "metadata"),
        };
    }

    private static OrderAmounts AmountsOf(JsonElement input, JsonElement args, Side side)
    {
        var tick = TickSize.FromMicros(Micros.FromDecimal(
            decimal.Parse(input.Text("tickSize"), CultureInfo.InvariantCulture)));
        var price = Price.FromDecimal(args.GetProperty("price").GetDecimal());
        if (input.Text("kind") == "limit")
            return OrderAmounts.Limit(side, price, Quantity.FromDecimal(args.GetProperty("size").GetDecimal()), tick);
        var amount = args.GetProperty("amount").GetDecimal();
        return side == Side.Buy
            ? OrderAmounts.MarketBuy(Usdc.FromDecimal(amount), price, tick)
            : OrderAmounts.MarketSell(Quantity.FromDecimal(amount), price, tick);
    }

    private static OrderRequest RequestOf(JsonElement vector, ExchangeOrder order, byte[] signature)
    {
        var input = vector.GetProperty("input");
        Assert.True(WireOrderTypes.TryParse(input.Text("orderType"), out var type));
        return new()
        {
            Order = order,
            Signature = signature,
            Owner = vector.GetProperty("request").GetProperty("bodyJson").Text("owner"),
            Type = type,
            Expiration = input.GetProperty("args").TryGetProperty("expiration", out var end) ? end.GetInt64() : 0,
            IsPostOnly = input.GetProperty("postOnly").GetBoolean(),
            IsDeferred = input.GetProperty("deferExec").GetBoolean(),
        };
    }

    private static Bytes32 Optional(JsonElement args, string name) =>
        args.TryGetProperty(name, out var value) ? Bytes32.Parse(value.GetString()) : Bytes32.Zero;
}
