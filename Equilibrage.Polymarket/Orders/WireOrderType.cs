namespace Equilibrage.Polymarket.Orders;

/// <summary>Time in force, as the order book's server names it.</summary>
public enum WireOrderType
{
    /// <summary>Rests until filled or canceled.</summary>
    Gtc,

    /// <summary>Rests until its expiration.</summary>
    Gtd,

    /// <summary>All at once or nothing.</summary>
    Fok,

    /// <summary>What can be had at once; the rest is dropped.</summary>
    Fak,
}
