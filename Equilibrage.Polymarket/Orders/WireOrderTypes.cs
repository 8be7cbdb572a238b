namespace Equilibrage.Polymarket.Orders;

/// <summary>The texts of <see cref="WireOrderType"/>.</summary>
public static class WireOrderTypes
{
    /// <summary>True for the types that rest: <c>GTC</c> and <c>GTD</c>.</summary>
    public static bool Rests(this WireOrderType type) => type is WireOrderType.Gtc or WireOrderType.Gtd;

    /// <summary>The text, such as <c>GTC</c>.</summary>
    public static string ToWire(this WireOrderType type) => type switch
    {
        WireOrderType.Gtc => "GTC",
        WireOrderType.Gtd => "GTD",
        WireOrderType.Fok => "FOK",
        WireOrderType.Fak => "FAK",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such order type."),
    };

    /// <summary>Reads the text; false when it names no type.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out WireOrderType type)
    {
        (type, var known) = text switch
        {
            "GTC" => (WireOrderType.Gtc, true),
            "GTD" => (WireOrderType.Gtd, true),
            "FOK" => (WireOrderType.Fok, true),
            "FAK" => (WireOrderType.Fak, true),
            _ => default,
        };
        return known;
    }
}
