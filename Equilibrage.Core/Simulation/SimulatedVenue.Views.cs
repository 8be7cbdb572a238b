namespace Equilibrage.Core.Simulation;

/// <content>What a server of the venue shows of it.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>All listings, by place in the universe.</summary>
    public IReadOnlyList<Listing> Listings() => board.Copy();

    /// <summary>Listings that have ended, oldest first; of very many the latest.</summary>
    public IReadOnlyList<Listing> EndedListings() => board.Past();
}
