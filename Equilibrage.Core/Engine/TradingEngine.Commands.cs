using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Core.Engine;

public sealed partial class TradingEngine
{
    private void Obey(OperatorCommand command, Recorder record)
    {
        if (state.AnswerTo(command.CommandId) is not null)
            return;
        var (position, denial) = command switch
        {
            OperatorCommand.Enter enter => Enter(enter, record),
            OperatorCommand.Close close => Close(close, record),
            OperatorCommand.Configure configure => Configure(configure, record),
            OperatorCommand.CloseIncident close => (null, Incidents.Close(state, close, record)),
            OperatorCommand.Halt halt => Halt(halt, record),
            OperatorCommand.Resume => (null, KillSwitch.Clear(state, record)),
            _ => throw new InvalidOperationException($"No rule obeys {command.GetType().Name}."),
        };
        record.Emit(
            new EngineOutput.CommandAnswered(command.CommandId, position, denial), "operator", command.CommandId);
    }

    private (PositionId? Id, Denial? Denial) Enter(OperatorCommand.Enter enter, Recorder record)
    {
        if (state.Catalog.Find(enter.MarketId) is not { } market)
            return (null, new(DenyReason.UnknownMarket));
        var standard = strategies[0].Plan(state);
        if (enter.Capital is { ToMicros: <= 0 } || enter.RatioYes is < 0 or > 1)
            return (null, new(DenyReason.InvalidAmount, "capital must be above 0 and the ratio between 0 and 1"));
        return Open(new()
        {
            Market = market,
            StrategyId = strategies[0].Id,
            Plan = new(enter.Capital ?? standard.Capital, enter.RatioYes ?? standard.RatioYes),
            Opportunity = verdicts.Find(enter.MarketId),
            CommandId = enter.CommandId,
        }, record);
    }

    private (PositionId? Id, Denial? Denial) Close(OperatorCommand.Close close, Recorder record)
    {
        if (!state.Positions.TryGetValue(close.PositionId, out var position) || !position.IsOpen)
            return (null, new(DenyReason.UnknownPosition, "it is closed or was never opened"));
        var isUnderWay = state.PairOf(position.Id) is not null
            || state.WorkingOrders(position.Id).Any(order => !order.IsResting);
        if (isUnderWay)
            return (position.Id, new(DenyReason.OrderInFlight, "an order of this position is being executed"));
        var steps = Owner(position).Close(state, position, close.Leg);
        if (steps.Count == 0)
            return (position.Id, new(DenyReason.UnownedToken, "nothing of it is held that is not being sold already"));
        CarryOut(steps, record);
        return (position.Id, null);
    }

    private IStrategy Owner(Position position) => strategies.First(strategy => strategy.Id == position.StrategyId);

    private (PositionId? Id, Denial? Denial) Configure(OperatorCommand.Configure configure, Recorder record)
    {
        var errors = SettingsCatalog.Validate(configure.Settings);
        if (errors.Count > 0)
            return (null, new(DenyReason.InvalidAmount, errors[0].Message));
        record.Emit(new EngineOutput.SettingsChanged(configure.Settings));
        return (null, null);
    }

    private (PositionId? Id, Denial? Denial) Halt(OperatorCommand.Halt halt, Recorder record)
    {
        KillSwitch.Pull(state, record, HaltCause.Operator, halt.Reason);
        return (null, null);
    }
}
