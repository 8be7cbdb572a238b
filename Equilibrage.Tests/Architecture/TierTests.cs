using System.Reflection;

namespace Equilibrage.Tests.Architecture;

/// <summary>A test runs in the tier that its folder names; without the trait no tier would run it.</summary>
[Trait("Tier", "Architecture")]
public sealed class TierTests
{
    private static readonly string[] Tiers =
        ["Unit", "Components", "Scenarios", "Integration", "Browser", "Architecture"];

    [Fact]
    public void TestClasses_Tier_IsTheirFolder() =>
        Finding.AssertNone(typeof(TierTests).Assembly.GetTypes().Where(HoldsTests).SelectMany(Check));

    [Theory]
    [InlineData(typeof(WithoutTier))]
    [InlineData(typeof(WrongTier))]
    public void Check_WrongTier_IsFound(Type type) => Assert.Single(Check(type));

    [Fact]
    public void Check_RightTier_IsNotFound() => Assert.Empty(Check(typeof(TierTests)));

    private static bool HoldsTests(Type type) =>
        !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    private static IEnumerable<Finding> Check(Type type)
    {
        var folder = type.Namespace?.Split('.') is ["Equilibrage", "Tests", var name, ..] ? name : "";
        var traits = type.GetCustomAttributes<TraitAttribute>().Where(trait => trait.Name == "Tier")
            .Select(trait => trait.Value).ToList();
        if (!Tiers.Contains(folder))
            yield return new Finding(type.FullName!, 1, $"tests lie in a tier's folder: {string.Join(", ", Tiers)}.");
        else if (traits is not [var tier] || tier != folder)
            yield return new Finding(type.FullName!, 1, $"""mark the class with [Trait("Tier", "{folder}")].""");
    }

    private sealed class WithoutTier;

    [Trait("Tier", "Unit")]
    private sealed class WrongTier;
}
