using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Web.Endpoints;
using Microsoft.AspNetCore.SignalR;

namespace Equilibrage.Web.Hubs;

/// <summary>
/// Live changes for outside programs. A subscription is answered with the state at that moment; then come
/// <c>position_update</c> and <c>trade_executed</c>, or <c>new_opportunity</c>.
/// </summary>
internal sealed class LiveHub(LiveFeeds feeds, IDesk desk) : Hub
{
    private const int MaxOpportunities = ViewChanges.MaxOpportunities;

    /// <summary>Wants positions and trades; answers with the open positions.</summary>
    [HubMethodName("subscribe_positions")]
    public Page<PositionView> SubscribePositions()
    {
        feeds.Of(Context).WantPositions();
        var positions = desk.Current.Positions;
        return new(positions, positions.Count);
    }

    /// <summary>Wants new opportunities; answers with the best ones that may be entered now, at most 100.</summary>
    [HubMethodName("subscribe_opportunities")]
    public Page<OpportunityItem> SubscribeOpportunities()
    {
        feeds.Of(Context).WantOpportunities();
        var open = desk.Current.Scan?.Items.Where(item => item.Opportunity.IsEligible).ToList() ?? [];
        return new([.. open.Take(MaxOpportunities).Select(OpportunityItem.From)], open.Count);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await feeds.EndAsync(Context.ConnectionId);
        await base.OnDisconnectedAsync(exception);
    }
}
