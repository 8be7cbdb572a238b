using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>Why the balances of an account have moved.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActivityKind>))]
public enum ActivityKind
{
    /// <summary>An order was executed.</summary>
    Trade,

    /// <summary>Dollars became pairs.</summary>
    Split,

    /// <summary>Pairs became dollars.</summary>
    Merge,

    /// <summary>Shares of a market that has ended became what they pay.</summary>
    Redeem,

    /// <summary>Shares of one market of a group became shares of its others.</summary>
    Convert,

    /// <summary>The venue paid for liquidity, a referral, or gave a present.</summary>
    Reward,

    /// <summary>The venue paid a part of fees back.</summary>
    Rebate,

    /// <summary>The venue paid for what is held.</summary>
    Yield,

    /// <summary>Dollars or shares came from outside.</summary>
    Deposit,

    /// <summary>Dollars or shares went outside.</summary>
    Withdrawal,
}
