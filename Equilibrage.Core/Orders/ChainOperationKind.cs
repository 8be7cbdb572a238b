using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>What an account can do with its shares and dollars beside orders.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChainOperationKind>))]
public enum ChainOperationKind
{
    /// <summary>Dollars become pairs, one share of each outcome.</summary>
    Split,

    /// <summary>Pairs become dollars.</summary>
    Merge,

    /// <summary>All shares of a market that has ended become what they pay.</summary>
    Redeem,

    /// <summary>
    /// Shares of the second outcome of one market of a negative-risk group become as many shares of the first outcome
    /// of every other market of the group.
    /// </summary>
    Convert,
}
