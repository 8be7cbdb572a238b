using Equilibrage.Core.Markets;

namespace Equilibrage.Core.Simulation;

/// <summary>A trade at the simulated venue as it stands. Written by the venue only.</summary>
internal sealed class TradeState(VenueTrade trade, Market market)
{
    public VenueTrade Trade { get; set; } = trade;

    public Market Market { get; } = market;

    /// <summary>True while nothing has moved on the chain and still may.</summary>
    public bool IsOwed => Trade.Status is TradeStatus.Matched or TradeStatus.Retrying;
}
