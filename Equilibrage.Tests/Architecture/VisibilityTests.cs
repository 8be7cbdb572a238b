using System.Reflection;
using System.Runtime.CompilerServices;

namespace Equilibrage.Tests.Architecture;

/// <summary>Adapters are reached through their AddX methods; what else a host needs is listed with a reason.</summary>
[Trait("Tier", "Architecture")]
public sealed class VisibilityTests
{
    /// <summary>Full names of the other public types, each with what the host needs it for.</summary>
    private static readonly IReadOnlyDictionary<string, string> Listed = new Dictionary<string, string>
    {
        ["Equilibrage.Adapters.Storage.StorageHost"] =
            "the database is opened and migrated before the container exists",
        ["Equilibrage.Adapters.Storage.StorageUnavailableException"] =
            "a database that cannot be opened refuses the start",
        ["Equilibrage.Adapters.Polymarket.PolymarketConnection"] =
            "a mode chooses its parts before the container exists, and ends them after it",
        ["Equilibrage.Adapters.Polymarket.Replay"] =
            "the command that feeds a recording back needs no connection",
    };

    [Fact]
    public void Adapters_PublicTypes_AreEntryPoints()
    {
        var wrong = Assembly.Load("Equilibrage.Adapters").GetExportedTypes().Where(type => !IsEntryPoint(type));

        Finding.AssertNone(wrong.Select(type => new Finding(type.FullName!, 1,
            "an adapter is reached through its AddX method: make the type internal, name it ...Options, or list it in "
            + $"{nameof(VisibilityTests)} with a reason.")));
    }

    [Fact]
    public void Listed_EachType_IsStillPublic() =>
        Assert.Empty(Listed.Keys.Except(
            Assembly.Load("Equilibrage.Adapters").GetExportedTypes().Select(type => type.FullName!)));

    [Theory]
    [InlineData(typeof(GoodExtensions), true)]
    [InlineData(typeof(GoodOptions), true)]
    [InlineData(typeof(BadHelper), false)]
    [InlineData(typeof(BadAdapter), false)]
    public void IsEntryPoint_Type_IsJudged(Type type, bool expected) => Assert.Equal(expected, IsEntryPoint(type));

    private static bool IsEntryPoint(Type type) =>
        type.Name.EndsWith("Options", StringComparison.Ordinal) || Listed.ContainsKey(type.FullName!)
        || IsExtensionClass(type);

    private static bool IsExtensionClass(Type type) =>
        type is { IsAbstract: true, IsSealed: true }
        && type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .All(method => method.IsDefined(typeof(ExtensionAttribute)));
}

internal static class GoodExtensions
{
    public static string AddNothing(this string text) => text;
}

internal sealed record GoodOptions;

internal sealed record BadAdapter;

internal static class BadHelper
{
    public static string Help(string text) => text;
}
