using Equilibrage.Core.Ports;

namespace Equilibrage.Tests.Support;

/// <summary>A lease that lasts, or one that does not.</summary>
internal sealed class FixedLeadership : ILeadership
{
    public bool Leads { get; set; } = true;

    public long Epoch => 1;

    public bool MaySend() => Leads;
}
