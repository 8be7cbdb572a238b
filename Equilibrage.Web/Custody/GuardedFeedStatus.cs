using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Custody;

/// <summary>How the feed behind the vault is doing; a feed that has not begun while the vault is closed.</summary>
internal sealed class GuardedFeedStatus(WalletGate gate) : IFeedStatus
{
    /// <inheritdoc/>
    public FeedStatus Status => gate.Watch()?.Connection.FeedStatus.Status ?? FeedStatus.None;
}
