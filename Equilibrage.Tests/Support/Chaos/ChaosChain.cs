using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// Who carries operations on the chain out: each takes its time, some fail and may be asked for again, and one that was
/// begun goes on without whoever asked for it.
/// </summary>
internal sealed class ChaosChain(Timeline time, ChaosExchange exchange, Weather weather)
{
    private readonly HashSet<OperationId> begun = [];
    private readonly Dictionary<OperationId, OperationResult> done = [];

    /// <summary>What has become of an operation, which begins now unless it has.</summary>
    public VenueResult<ChainReceipt> Ask(ChainOperation operation)
    {
        if (done.Remove(operation.Id, out var result) && result.Error is { } error)
            return new(null, error);
        if (result?.Receipt is { } receipt)
        {
            done.Add(operation.Id, result);
            return VenueResult<ChainReceipt>.Ok(receipt);
        }

        if (begun.Add(operation.Id))
        {
            var takes = weather.Strikes(Fault.ChainSlow)
                ? weather.Dice.Millis(10_000, 400_000)
                : weather.Dice.Millis(500, 5_000);
            time.After(takes, () => Finish(operation));
        }

        return VenueResult<ChainReceipt>.Fail(VenueErrorKind.Unavailable, "The operation is under way.");
    }

    private void Finish(ChainOperation operation)
    {
        begun.Remove(operation.Id);
        done[operation.Id] = weather.Strikes(Fault.ChainFails)
            ? OperationResult.Fail(VenueErrorKind.Refused, "The transaction was reverted.")
            : exchange.Act(venue => venue.Execute(ChaosExchange.Account, operation));
    }
}
