using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>Spreads over the day what strikes by itself, and what the operator does by hand.</summary>
internal sealed class ChaosCourse(Timeline time, ChaosPlan plan, Weather weather, Dice dice, ChaosRun run)
{
    // Writes that carry records in a day, roughly: deaths at writes are drawn among so many.
    private const int UsualWrites = 400;
    private int halts;

    /// <summary>Plans it all.</summary>
    public void Begin(TimeSpan wall)
    {
        foreach (var (fault, count) in plan.Times.OrderBy(entry => entry.Key))
        {
            for (var i = 0; i < count; i++)
                Plan(fault, wall);
        }

        for (var i = 0; i < plan.Commands; i++)
        {
            var number = i;
            At(wall, () => Command(number));
        }
    }

    private void Plan(Fault fault, TimeSpan wall)
    {
        if (fault is Fault.DropBeforeWrite or Fault.DropAfterWrite)
            run.Drops.Plan(dice.Between(1, UsualWrites), fault);
        else
            At(wall, () => Strike(fault));
    }

    private void At(TimeSpan wall, Action happens) =>
        time.After(dice.Millis(5_000, (int)wall.TotalMilliseconds), happens);

    private void Strike(Fault fault)
    {
        if (weather.IsCalm)
            return;
        weather.Note(fault);
        switch (fault)
        {
            case Fault.ExchangeAway: For(dice.Millis(2_000, 90_000), away => run.Exchange.IsAway = away); break;
            case Fault.CancelOnly: For(dice.Millis(2_000, 120_000), only => run.Exchange.IsCancelOnly = only); break;
            case Fault.FeedCut: run.Victim().Feed.Cut(dice.Millis(1_000, 120_000), isNoticed: true); break;
            case Fault.FeedSilent: run.Victim().Feed.Cut(dice.Millis(1_000, 60_000), isNoticed: false); break;
            case Fault.DatabaseAway: For(dice.Millis(500, 30_000), away => run.Database.IsAway = away); break;
            case Fault.Drop: run.Victim().Node.Kill(); break;
            case Fault.ClockJump: run.Jump(TimeSpan.FromSeconds(dice.Between(-600, 3_600))); break;
            case Fault.Pause: run.Victim().Node.Pause(dice.Millis(1_000, 60_000)); break;
            case Fault.TradeElsewhere: run.Exchange.TradeElsewhere(dice); break;
            case Fault.Halt: Halt(); break;
            default: throw new InvalidOperationException($"Nothing makes {fault} strike by itself.");
        }
    }

    private void Halt()
    {
        var id = (++halts).ToString(CultureInfo.InvariantCulture);
        run.Ask(new OperatorCommand.Halt($"halt-{id}", "chaos"));
        time.After(dice.Millis(10_000, 400_000), () => run.Ask(new OperatorCommand.Resume($"resume-{id}")));
    }

    private void For(TimeSpan length, Action<bool> set)
    {
        set(true);
        time.After(length, () => set(false));
    }

    private void Command(int number)
    {
        if (weather.IsCalm)
            return;
        var id = $"command-{number.ToString(CultureInfo.InvariantCulture)}";
        var open = run.Database.State.OpenPositions.ToList();
        if (open.Count > 0 && dice.Hits(500))
        {
            Outcome? leg = dice.Hits(300) ? dice.Hits(500) ? Outcome.Yes : Outcome.No : null;
            run.Ask(new OperatorCommand.Close(id, dice.Pick(open).Id, leg));
            return;
        }

        var market = dice.Pick(run.Exchange.Venue.Markets());
        run.Ask(new OperatorCommand.Enter(id, market.Id, Usdc.FromDecimal(dice.Between(20, 150)), null));
    }
}
