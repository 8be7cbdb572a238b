using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>An order that may go to the book.</summary>
/// <param name="Account">Whose money it uses.</param>
/// <param name="Request">The order.</param>
/// <param name="Market">Its market.</param>
/// <param name="Hold">How long the market holds takers for; whole seconds are market time and the venue's own.</param>
internal sealed record CheckedOrder(AccountId Account, VenueOrderRequest Request, Market Market, TimeSpan Hold);
