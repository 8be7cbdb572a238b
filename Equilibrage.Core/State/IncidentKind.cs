using System.Text.Json.Serialization;

namespace Equilibrage.Core.State;

/// <summary>What an incident is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentKind>))]
public enum IncidentKind
{
    /// <summary>Told once; nothing is open.</summary>
    Notice,

    /// <summary>The venue refused something.</summary>
    Refused,

    /// <summary>Cash differs from the venue's record: entries stop everywhere.</summary>
    Cash,

    /// <summary>Shares of a token differ from the venue's record: its market's entries stop.</summary>
    Shares,

    /// <summary>
    /// Somebody used shares that a position owns, with the same wallet: its market's entries stop, and it cannot sell
    /// what is not there.
    /// </summary>
    Borrowed,

    /// <summary>A trade is not settled for too long: its market's entries stop.</summary>
    Unsettled,

    /// <summary>The wall clock jumped: told once, everything is asked for anew.</summary>
    Clock,

    /// <summary>A redemption paid another amount than the claim.</summary>
    Redemption,
}
