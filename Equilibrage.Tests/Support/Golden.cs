using System.Text.Json;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Support;

/// <summary>The golden vectors beside the project: what the exchange's official clients compute.</summary>
internal static class Golden
{
    /// <summary>The public throw-away key that all vectors are signed with.</summary>
    public const string PrivateKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    /// <summary>A file of vectors; where it is absent the running test is skipped with the reason.</summary>
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf($"golden/{name}.json")));
        return document.RootElement.Clone();
    }

    /// <summary>The vectors of a file that lie under <paramref name="property"/>; never none.</summary>
    public static IReadOnlyList<JsonElement> Vectors(string name, string property = "vectors")
    {
        var vectors = Read(name).GetProperty(property).EnumerateArray().ToList();
        Assert.NotEmpty(vectors);
        return vectors;
    }

    /// <summary>The signer of all vectors.</summary>
    public static EthereumSigner Signer() => EthereumSigner.FromHex(PrivateKey);

    /// <summary>A property's text.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>A property's 32 bytes.</summary>
    public static Bytes32 Word(this JsonElement element, string name) => Bytes32.Parse(element.Text(name));

    /// <summary>A property's address.</summary>
    public static EthereumAddress Address(this JsonElement element, string name) =>
        EthereumAddress.Parse(element.Text(name));

    /// <summary>A property's whole number, whether it is written as a number or as text.</summary>
    public static long Number(this JsonElement element, string name)
    {
        var value = element.GetProperty(name);
        return value.ValueKind == JsonValueKind.String
            ? long.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : value.GetInt64();
    }
}
