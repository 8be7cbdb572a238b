using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Splits and merges: asked for under an id that follows from the decision, so that asking again after a crash is
/// asking for the same, and booked once.
/// </summary>
internal static class PairOperations
{
    /// <summary>
    /// Asks for an operation. Nothing happens while something of the position is under way, or when dollars or shares
    /// do not suffice.
    /// </summary>
    public static void Request(EngineState state, Intent.MovePairs intent, Recorder record)
    {
        var position = state.Positions[intent.Position.Id];
        var isSplit = intent.Kind == ChainOperationKind.Split;
        var dollars = Usdc.FromMicros(intent.Pairs.ToMicros);
        var isCovered = isSplit
            ? dollars <= state.Ledger.Available
            : position.Legs.All(leg => leg.Held >= intent.Pairs);
        if (intent.Pairs.IsZero || !isCovered || state.IsBusy(position.Id))
            return;
        var id = new OperationId(DerivedId.Uuid(
            "pairs", state.AccountId.Value, position.Id.Value,
            (state.Sequence + 1).ToString(CultureInfo.InvariantCulture)));
        record.Emit(new EngineOutput.PairRequested(
            new(id, intent.Kind, position.MarketId, position.Id, intent.Pairs), intent.Why, intent.PriceYes,
            isSplit ? Entries.ReserveSplit(id, position.Id, dollars) : null));
    }

    /// <summary>Books what the venue answered; an operation that is not awaited any more changes nothing.</summary>
    public static void Conclude(EngineState state, EngineEvent.Executed executed, Recorder record)
    {
        if (!state.Pairs.TryGetValue(executed.OperationId, out var pair))
            return;
        if (executed.Receipt is { } receipt)
            Book(state, pair, receipt, record);
        else if (executed.Error is { IsTransient: false } error)
        {
            record.Emit(new EngineOutput.PairFailed(
                executed.OperationId, pair.PositionId, error.Message, Release(pair)));
        }
    }

    private static void Book(EngineState state, PairOperation pair, ChainReceipt receipt, Recorder record)
    {
        var (operation, position) = (pair.Operation, state.Positions[pair.PositionId]);
        var (yes, no) = (position.Yes.TokenId, position.No.TokenId);
        var isSplit = operation.Kind == ChainOperationKind.Split;
        var entry = isSplit
            ? Entries.Split(operation.Id, position.Id, yes, no, operation.Amount)
            : Entries.Merge(
                operation.Id, position.Id, yes, no, operation.Amount,
                position.Yes.BasisOf(operation.Amount) + position.No.BasisOf(operation.Amount));
        record.Emit(
            new EngineOutput.PairBooked(
                operation.Id, position.Id, entry, Release(pair), operation.Kind, operation.Amount, pair.PriceYes,
                receipt.TransactionHash),
            "venue", $"executed:{operation.Id}");
        var moved = (isSplit ? 1 : -1) * operation.Amount.ToMicros;
        var isAsAsked = receipt.Cash.ToMicros == -moved && receipt.Shares.GetValueOrDefault(yes) == moved
            && receipt.Shares.GetValueOrDefault(no) == moved;
        if (!isAsAsked)
        {
            record.Emit(new EngineOutput.IncidentRaised(
                $"{operation.Kind} in {operation.MarketId}",
                $"{operation.Amount} pairs were asked for, the venue moved {receipt.Cash} dollars, "
                + $"{Micros.Format(receipt.Shares.GetValueOrDefault(yes))} and "
                + $"{Micros.Format(receipt.Shares.GetValueOrDefault(no))} shares"));
        }
    }

    private static Entry? Release(PairOperation pair) => pair.Reserved == Usdc.Zero
        ? null
        : Entries.ReleaseSplit(pair.Operation.Id, pair.PositionId, pair.Reserved);
}
