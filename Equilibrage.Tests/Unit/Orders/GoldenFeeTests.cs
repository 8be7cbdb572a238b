using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Tests.Support;
using BookFrame = Equilibrage.Polymarket.Socket.MarketMessage.Book;
using BookHash = Equilibrage.Polymarket.Socket.BookHash;

namespace Equilibrage.Tests.Unit.Orders;

/// <summary>Fees, budgets, walks through a book and book hashes against the official client's.</summary>
[Trait("Tier", "Unit")]
public sealed class GoldenFeeTests
{
    [Fact]
    public void TakerFee_GoldenRows_Agree()
    {
        foreach (var row in Golden.Vectors("fees", "platformFee"))
        {
            var fees = FeesOf(row, "rate", "exponent");
            var price = Price.FromDecimal(row.GetProperty("price").GetDecimal());
            var shares = Quantity.FromDecimal(row.GetProperty("shares").GetDecimal());

            Assert.Equal(Money(row, "feeHalfUp5dp"), fees.TakerFee(price, shares));
            Assert.Equal(Money(row, "feeUp5dp"), fees.TakerFeeBudget(price, shares));
        }
    }

    [Fact]
    public void Fit_GoldenRows_AreFittedAsTheOfficialClientDoesOrBetter()
    {
        foreach (var row in Golden.Vectors("fees", "adjustBuyAmountForFees"))
        {
            var fees = FeesOf(row, "feeRate", "feeExponent");
            var (amount, balance, price) = (
                Usdc.FromDecimal(row.GetProperty("amount").GetDecimal()),
                Usdc.FromDecimal(row.GetProperty("userUSDCBalance").GetDecimal()),
                Price.FromDecimal(row.GetProperty("price").GetDecimal()));
            var builder = (int)(row.GetProperty("builderTakerFeeRate").GetDecimal() * 10_000);
            var slippage = (int)row.Number("feeSlippagePct");
            var expected = row.GetProperty("adjustedAmount").GetDecimal();
            var fitted = BuyBudget.Fit(amount, balance, price, fees, builder);

            Assert.Equal(expected, BuyBudget.OfficialFit(amount, balance, price, fees, builder, slippage));
            Assert.True(fitted.ToDecimal() >= Math.Floor(expected * 100) / 100);
            Assert.True(BuyBudget.TotalOf(fitted, price, fees, builder) <= balance);
        }
    }

    [Fact]
    public void Fit_AnyBalance_LeavesNoCentUnused()
    {
        var random = new Random(9);
        var fees = new FeeSchedule(70_000, false);
        for (var round = 0; round < 2_000; round++)
        {
            var price = Price.FromMicros(random.NextInt64(1, 100) * 10_000);
            var balance = Usdc.FromMicros(random.NextInt64(0, 500_000_000));
            var fitted = BuyBudget.Fit(Usdc.FromDecimal(10_000), balance, price, fees, 50);

            Assert.True(BuyBudget.TotalOf(fitted, price, fees, 50) <= balance);
            Assert.True(BuyBudget.TotalOf(fitted + Usdc.FromDecimal(0.01m), price, fees, 50) > balance);
        }
    }

    [Fact]
    public void Sweep_GoldenWalks_EndAtTheSamePrice()
    {
        var walk = Golden.Read("book-and-price").GetProperty("marketPriceWalk");
        var (asks, bids) = (Levels(walk, "asks"), Levels(walk, "bids"));
        foreach (var vector in walk.GetProperty("vectors").EnumerateArray())
        {
            var amount = vector.GetProperty("amount").GetDecimal();
            var sweep = vector.Text("side") == "BUY"
                ? Sweep.OfDollars(asks, Side.Buy, Usdc.FromDecimal(amount))
                : Sweep.OfShares(bids, Side.Sell, Quantity.FromDecimal(amount));
            var result = vector.GetProperty("result");

            if (result.ValueKind == JsonValueKind.String)
                Assert.False(sweep.IsComplete);
            else
                Assert.Equal(result.GetDecimal(), sweep.Worst.ToDecimal());
            Assert.True(sweep.IsComplete || result.ValueKind == JsonValueKind.String
                || vector.Text("orderType") == "FAK");
        }
    }

    // The first two vectors are the official client's own tests and have the hash last; the server has it fourth.
    [Fact]
    public void BookHash_GoldenBooks_HashAlike()
    {
        var written = 0;
        foreach (var vector in Golden.Vectors("book-and-price", "bookHash"))
        {
            var text = vector.Text("serialized");
            Assert.Equal(vector.Text("sha1"), Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))));
            if (text.EndsWith("\"hash\":\"\"}", StringComparison.Ordinal))
                continue;

            written++;
            using var document = JsonDocument.Parse(text);
            Assert.Equal(vector.Text("sha1"), BookHash.Of(BookOf(document.RootElement)));
        }
        Assert.Equal(1, written);
    }

    private static BookFrame BookOf(JsonElement json) => new(json.Number("timestamp"))
    {
        Market = new(json.Text("market")),
        Token = new(json.Text("asset_id")),
        Bids = Levels(json, "bids"),
        Asks = Levels(json, "asks"),
        MinimumOrderSize = Quantity.FromDecimal(Decimal(json, "min_order_size")),
        TickSize = TickSize.FromMicros(Micros.FromDecimal(Decimal(json, "tick_size"))),
        IsNegRisk = json.GetProperty("neg_risk").GetBoolean(),
        LastTradePrice = Price.FromDecimal(Decimal(json, "last_trade_price")),
    };

    private static decimal Decimal(JsonElement json, string name) =>
        decimal.Parse(json.Text(name), CultureInfo.InvariantCulture);

    private static FeeSchedule FeesOf(JsonElement row, string rate, string exponent) =>
        new(Micros.FromDecimal(row.GetProperty(rate).GetDecimal()), false) { Exponent = (int)row.Number(exponent) };

    private static Usdc Money(JsonElement row, string name) =>
        Usdc.FromDecimal(decimal.Parse(row.Text(name), CultureInfo.InvariantCulture));

    private static Level[] Levels(JsonElement walk, string side) =>
        [.. Texts(walk, side).Reverse().Select(level => new Level(
            Price.FromDecimal(decimal.Parse(level.Price, CultureInfo.InvariantCulture)),
            Quantity.FromDecimal(decimal.Parse(level.Size, CultureInfo.InvariantCulture))))];

    private static (string Price, string Size)[] Texts(JsonElement book, string side) =>
        [.. book.GetProperty(side).EnumerateArray().Select(level => (level.Text("price"), level.Text("size")))];
}
