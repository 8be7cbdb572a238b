using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Unit.Primitives;

[Trait("Tier", "Unit")]
public sealed class DerivedIdTests
{
    [Fact]
    public void Uuid_SameParts_IsTheSameVersionEightUuid()
    {
        var id = DerivedId.Uuid("order", "1");

        Assert.Equal(id, DerivedId.Uuid("order", "1"));
        Assert.Equal('8', id[14]);
        Assert.Contains(id[19], "89ab");
    }

    [Fact]
    public void Uuid_PartsCutElsewhere_Differs() =>
        Assert.NotEqual(DerivedId.Uuid("ab", "c"), DerivedId.Uuid("a", "bc"));

    [Fact]
    public void Salt_ManyNames_StaysBelowTwoToTheFiftyThird()
    {
        var salts = Enumerable.Range(0, 1000).Select(number => DerivedId.Salt("salt", $"{number}")).ToList();

        Assert.All(salts, salt => Assert.InRange(salt, 0, (1L << 53) - 1));
        Assert.Equal(1000, salts.Distinct().Count());
    }

    [Fact]
    public void Hex_IsThirtyTwoBytes() => Assert.Matches("^0x[0-9a-f]{64}$", DerivedId.Hex("x"));
}
