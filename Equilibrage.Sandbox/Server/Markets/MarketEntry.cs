using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>One market as the exchange lists it, now or in the past.</summary>
internal sealed class MarketEntry
{
    // A universe has far fewer places, so an id tells place and generation apart.
    private const long PlacesPerGeneration = 1_000_000;

    public MarketEntry(Listing listing, Market market, EventEntry parent, bool hasEnded)
    {
        (Listing, Market, Event, HasEnded) = (listing, market, parent, hasEnded);
        Number = ((listing.Generation + 1) * PlacesPerGeneration) + listing.Index;
        Id = Number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The venue's listing.</summary>
    public Listing Listing { get; }

    /// <summary>The market, with the price grid in force.</summary>
    public Market Market { get; }

    /// <summary>The event that it belongs to.</summary>
    public EventEntry Event { get; }

    /// <summary>True once it is resolved.</summary>
    public bool HasEnded { get; }

    /// <summary>The public number, growing with time.</summary>
    public long Number { get; }

    /// <summary>The public number as text.</summary>
    public string Id { get; }
}
