using System.Text.Json;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class CtfIdsTests
{
    [Fact]
    public void Ids_GoldenMarkets_AreThoseOfTheVenue()
    {
        foreach (var vector in Golden.Vectors("ctf-ids"))
        {
            var (condition, collateral) = (vector.Word("conditionId"), vector.Address("collateral"));
            if (vector.GetProperty("oracle").ValueKind != JsonValueKind.Null)
                Assert.Equal(condition, CtfIds.Condition(vector.Address("oracle"), vector.Word("questionId")));

            for (var outcome = 0; outcome < 2; outcome++)
            {
                var collection = CtfIds.Collection(condition, outcome);
                var token = UInt256.Parse(vector.GetProperty("clobTokenIds")[outcome].GetString());

                Assert.Equal(vector.GetProperty("collectionIds").Word($"indexSet{outcome + 1}"), collection);
                Assert.Equal(token, CtfIds.Position(collateral, collection));
                Assert.Equal(token, CtfIds.Token(
                    Contracts.Polygon, condition, outcome,
                    isNegRisk: collateral == Contracts.Polygon.WrappedCollateral));
            }
        }
    }

    [Fact]
    public void NegRiskQuestion_Number_IsTheLastByte() => Assert.Equal(
        Bytes32.Parse("0x2c3d7e0eee6f058be3006baabf0d54a07da254ba47fe6e3e095e7990c7814705"),
        CtfIds.NegRiskQuestion(
            Bytes32.Parse("0x2c3d7e0eee6f058be3006baabf0d54a07da254ba47fe6e3e095e7990c7814700"), 5));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Collection_OutcomeOfNoBinaryMarket_IsRefused(int outcome) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CtfIds.Collection(Bytes32.Zero, outcome));
}
