using System.Text.Json.Serialization;

namespace Equilibrage.Web.Diagnosis;

/// <summary>What a finding means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingLevel>))]
public enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Fine,

    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Must be mended before real money is traded.</summary>
    Problem,
}
