using System.Reflection;
using System.Runtime.CompilerServices;

namespace Equilibrage.Tests.Architecture;

/// <summary>Adapters are reached through their AddX methods, and a host that is opened before the container exists.</summary>
[Trait("Tier", "Architecture")]
public sealed class VisibilityTests
{
    private static readonly string[] EntryPoints = ["Options", "Host", "Exception"];

    [Fact]
    public void Adapters_PublicTypes_AreEntryPoints()
    {
        var wrong = Assembly.Load("Equilibrage.Adapters").GetExportedTypes().Where(type => !IsEntryPoint(type));

        Finding.AssertNone(wrong.Select(type => new Finding(type.FullName!, 1,
            "an adapter is reached through its AddX method: make the type internal, or name it ...Options, "
            + "...Host or ...Exception.")));
    }

    [Theory]
    [InlineData(typeof(GoodExtensions), true)]
    [InlineData(typeof(GoodOptions), true)]
    [InlineData(typeof(GoodHost), true)]
    [InlineData(typeof(BadHelper), false)]
    [InlineData(typeof(BadAdapter), false)]
    public void IsEntryPoint_Type_IsJudged(Type type, bool expected) => Assert.Equal(expected, IsEntryPoint(type));

    private static bool IsEntryPoint(Type type) =>
        EntryPoints.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)) || IsExtensionClass(type);

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

internal sealed record GoodHost;

internal sealed record BadAdapter;

internal static class BadHelper
{
    public static string Help(string text) => text;
}
