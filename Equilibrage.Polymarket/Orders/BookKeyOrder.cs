namespace Equilibrage.Polymarket.Orders;

/// <summary>Where the key <c>hash</c> stands in the JSON whose hash it is.</summary>
public enum BookKeyOrder
{
    /// <summary>Behind the timestamp, as the server serialises a book.</summary>
    Server,

    /// <summary>At the end, as the official client does.</summary>
    Client,
}
