namespace Equilibrage.Polymarket.Orders;

/// <summary>How an order is signed, which follows from the kind of wallet that holds the money.</summary>
public enum SignatureType
{
    /// <summary>The key's own account holds the money.</summary>
    Eoa = 0,

    /// <summary>A proxy wallet holds it: accounts opened by e-mail before May 2026.</summary>
    PolyProxy = 1,

    /// <summary>A Safe holds it: accounts opened with a browser wallet before May 2026.</summary>
    PolyGnosisSafe = 2,

    /// <summary>A deposit wallet holds it, a contract that checks signatures itself (ERC-1271).</summary>
    Poly1271 = 3,
}
