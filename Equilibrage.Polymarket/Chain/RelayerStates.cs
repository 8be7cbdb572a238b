namespace Equilibrage.Polymarket.Chain;

/// <summary>The texts of <see cref="RelayerState"/>.</summary>
public static class RelayerStates
{
    private const string Prefix = "STATE_";

    /// <summary>True for states that do not change any more.</summary>
    public static bool IsFinal(this RelayerState state) =>
        state is RelayerState.Confirmed or RelayerState.Failed or RelayerState.Invalid;

    /// <summary>The text, such as <c>STATE_NEW</c>.</summary>
    public static string ToWire(this RelayerState state) => Prefix + state.ToString().ToUpperInvariant();

    /// <summary>Reads the text; false when it names no state.</summary>
    public static bool TryParse(string? text, out RelayerState state)
    {
        foreach (var known in Enum.GetValues<RelayerState>())
        {
            state = known;
            if (known.ToWire() == text)
                return true;
        }
        state = default;
        return false;
    }
}
