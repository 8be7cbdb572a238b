using Equilibrage.Core.Orders;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>
/// An answer of the exchange, given after everything that led to it is on record; or why there is none.
/// </summary>
/// <param name="Value">The answer.</param>
/// <param name="Error">
/// Unavailable when nothing was begun; Unknown when a change may have taken place before the record was lost.
/// </param>
public readonly record struct Asked<T>(T? Value, VenueError? Error);
