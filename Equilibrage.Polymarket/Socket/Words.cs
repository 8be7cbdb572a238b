using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>Spellings that several frames share.</summary>
internal static class Words
{
    /// <summary>The side in quotation marks.</summary>
    public static ReadOnlySpan<byte> Of(Side side) => side == Side.Buy ? "\"BUY\""u8 : "\"SELL\""u8;

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static void WriteTexts(this Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
