namespace Equilibrage.Polymarket.Socket;

/// <summary>What stood where a decimal was expected.</summary>
internal enum DecimalForm
{
    /// <summary>A decimal.</summary>
    Value,

    /// <summary>An empty text or null: not known.</summary>
    None,

    /// <summary>Anything else that is valid JSON.</summary>
    Wrong,

    /// <summary>No valid JSON: the frame is lost.</summary>
    Malformed,
}
