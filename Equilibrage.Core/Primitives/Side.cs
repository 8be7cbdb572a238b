using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>Direction of an order or trade.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Side>))]
public enum Side
{
    /// <summary>Pays dollars, receives shares.</summary>
    Buy,

    /// <summary>Gives shares, receives dollars.</summary>
    Sell,
}
