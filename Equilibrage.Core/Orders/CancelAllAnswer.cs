using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>What became of all working orders of an account when all were to be canceled.</summary>
/// <param name="Canceled">Those that work no more because of it.</param>
/// <param name="NotCanceled">Those that could not be canceled, with the venue's words.</param>
public sealed record CancelAllAnswer(
    IReadOnlyList<VenueOrderId> Canceled, IReadOnlyDictionary<VenueOrderId, string> NotCanceled);
