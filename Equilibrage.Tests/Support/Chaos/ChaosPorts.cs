using Equilibrage.Core.Ports;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>What a process is run with. A test that wants to see a run fail puts a faulty part in its place.</summary>
internal sealed record ChaosPorts(
    ILease Lease, IVenue Venue, IJournal Journal, IEventSource Source, IMarketDirectory Directory);
