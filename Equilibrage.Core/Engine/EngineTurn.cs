using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Something to ask the venue for, after the journal has it.</summary>
public abstract record VenueRequest
{
    /// <summary>Send an order, once.</summary>
    public sealed record Submit(PreparedOrder Order) : VenueRequest;

    /// <summary>Read what became of an order.</summary>
    public sealed record LookUp(PreparedOrder Order) : VenueRequest;

    /// <summary>Cancel an order and read what became of it.</summary>
    public sealed record Cancel(PreparedOrder Order) : VenueRequest;

    /// <summary>Carry an operation on the chain out, at most once.</summary>
    public sealed record Execute(ChainOperation Operation) : VenueRequest;

    /// <summary>Cancel everything that works.</summary>
    public sealed record CancelAll : VenueRequest;
}

/// <summary>What one event led to.</summary>
/// <param name="Batch">What is to be journalled first.</param>
/// <param name="Requests">What is to be sent second.</param>
/// <param name="Answers">What operators are to be told third, by command id.</param>
public sealed record EngineTurn(
    JournalBatch Batch, IReadOnlyList<VenueRequest> Requests, IReadOnlyDictionary<string, CommandOutcome> Answers);
