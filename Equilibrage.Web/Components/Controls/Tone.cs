namespace Equilibrage.Web.Components.Controls;

/// <summary>What a badge or a card says with its colour; the words always say it too.</summary>
public enum Tone
{
    /// <summary>Nothing special.</summary>
    Neutral,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Going well.</summary>
    Good,

    /// <summary>Needs a look.</summary>
    Warn,

    /// <summary>Went wrong, or costs money.</summary>
    Bad,
}
