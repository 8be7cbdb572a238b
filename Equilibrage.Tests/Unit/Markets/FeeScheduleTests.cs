using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Markets;

[Trait("Tier", "Unit")]
public sealed class FeeScheduleTests
{
    [Fact]
    public void TakerFee_EveryGoldenRow_IsExact()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("golden/fees.json")));
        var rows = golden.RootElement.GetProperty("platformFee");

        foreach (var row in rows.EnumerateArray())
        {
            var fees = new FeeSchedule(Micros.FromDecimal(row.GetProperty("rate").GetDecimal()), false)
            {
                Exponent = row.GetProperty("exponent").GetInt32(),
            };
            var price = Price.FromDecimal(row.GetProperty("price").GetDecimal());
            var shares = Quantity.FromDecimal(row.GetProperty("shares").GetDecimal());
            Assert.Equal(Text(row, "feeHalfUp5dp"), fees.TakerFee(price, shares).ToDecimal());
            Assert.Equal(Text(row, "feeUp5dp"), fees.TakerFeeBudget(price, shares).ToDecimal());
        }

        Assert.Equal(300, rows.GetArrayLength());
    }

    [Theory]
    [InlineData(70_000, 0.52, 100, 1.7472)]
    [InlineData(50_000, 0.30, 250, 2.625)]
    [InlineData(40_000, 0.52, 19.23, 0.19199)]
    [InlineData(70_000, 0.01, 5, 0.00347)]
    [InlineData(70_000, 0.50, 20, 0.35)]
    [InlineData(0, 0.50, 100, 0)]
    public void TakerFee_WorkedExample_Matches(long rate, double price, double shares, double fee)
    {
        var charged = new FeeSchedule(rate, false)
            .TakerFee(Price.FromDecimal((decimal)price), Quantity.FromDecimal((decimal)shares));

        Assert.Equal((decimal)fee, charged.ToDecimal());
    }

    [Fact]
    public void TakerFee_TwentyMillionShares_FitsAndIsExact()
    {
        var fee = new FeeSchedule(70_000, false).TakerFee(Price.FromDecimal(0.5m), Quantity.FromDecimal(20_000_000));

        Assert.Equal(350_000m, fee.ToDecimal());
    }

    [Fact]
    public void Exponent_Unknown_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeeSchedule(70_000, false) { Exponent = 3 });

    private static decimal Text(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
