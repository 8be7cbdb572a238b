namespace Equilibrage.Polymarket;

/// <summary>The services of the exchange that answer over HTTP, each with limits of its own.</summary>
public enum PolymarketService
{
    /// <summary>Orders, books, prices, keys.</summary>
    Clob,

    /// <summary>Descriptions of markets and events.</summary>
    Gamma,

    /// <summary>Public positions, trades and activity.</summary>
    Data,

    /// <summary>Sends transactions without gas.</summary>
    Relayer,

    /// <summary>The chain's own interface.</summary>
    Chain,

    /// <summary>The web site, of which only the check of the place is asked.</summary>
    Site,
}
