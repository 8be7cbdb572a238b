using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// Holds a journal against the exchange's record. It reads the journal's records one by one and does not use what the
/// engine made of them, the balances aside.
/// </summary>
internal sealed class ChaosAudit(ChaosExchange exchange, ChaosDatabase database, Witness witness)
{
    private readonly Dictionary<VenueOrderId, OurOrder> orders = [];
    private readonly Dictionary<ClientOrderId, OurOrder> byClient = [];
    private int read;

    /// <summary>True when nothing is on its way any more, on neither side.</summary>
    public bool IsQuiet
    {
        get
        {
            Read();
            return State.Ledger.Pending.Count == 0 && !State.PendingOperations.Any()
                && State.Orders.Values.All(order => !order.IsWorking || IsResting(order))
                && Venue.TradesOf(ChaosExchange.Account).All(trade => trade.IsFinal)
                && !Unredeemed().Any();
        }
    }

    private EngineState State => database.State;

    private SimulatedVenue Venue => exchange.Venue;

    /// <summary>Everything in which the journal and the exchange differ, or that must never have happened.</summary>
    public IEnumerable<string> Differences()
    {
        Read();
        return witness.Violations.Concat(Arrivals()).Concat(Operations()).Concat(Orders()).Concat(Trades())
            .Concat(Balances()).Concat(Unredeemed()).Concat(Books());
    }

    // A sale that waits for its price may rest for days: both sides agree on it.
    private bool IsResting(Order order) => order.Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled
        && Venue.Order(order.Prepared.VenueOrderId)?.Status == order.Status;

    private void Read()
    {
        for (; read < database.Records.Count; read++)
            Follow(database.Records[read].Output);
    }

    private void Follow(EngineOutput output)
    {
        switch (output)
        {
            case EngineOutput.OrderSubmitted submitted:
                var order = new OurOrder(submitted.Order);
                orders.Add(submitted.Order.VenueOrderId, order);
                byClient.Add(submitted.Order.Command.ClientOrderId, order);
                break;
            case EngineOutput.OrderUpdated updated: byClient[updated.ClientOrderId].Status = updated.Status; break;
            case EngineOutput.FillBooked booked:
                byClient[booked.ClientOrderId].Fills.Add(booked.Fill.TradeId, booked.Fill);
                break;
            case EngineOutput.TradeSettled settled:
                foreach (var owner in orders.Values.Where(known => known.Fills.ContainsKey(settled.TradeId)))
                    owner.Settled[settled.TradeId] = settled.IsConfirmed;
                break;
        }
    }

    private IEnumerable<string> Arrivals() => exchange.Arrivals.Where(arrival => arrival.Value > 1)
        .Select(arrival => $"order {arrival.Key} reached the exchange {arrival.Value} times");

    private IEnumerable<string> Operations() => Venue.ActionsOf(ChaosExchange.Account)
        .Where(action => action.OperationId is not null)
        .GroupBy(action => action.OperationId)
        .Where(operation => operation.Count() > 1)
        .Select(operation => $"operation {operation.Key} was carried out {operation.Count()} times");

    private IEnumerable<string> Orders()
    {
        var theirs = Venue.OrdersOf(ChaosExchange.Account).Where(order => !exchange.Foreign.Contains(order.Id))
            .ToDictionary(order => order.Id);
        foreach (var (id, order) in theirs)
        {
            if (!orders.TryGetValue(id, out var own))
                yield return $"order {id} is on the exchange's record and not in the journal";
            else if (own.Status != order.Status)
                yield return $"order {own.Name}: ours {own.Status}, the exchange's {order.Status} ({order.Reason})";
        }

        foreach (var (id, own) in orders.Where(order => !theirs.ContainsKey(order.Key)))
        {
            if (own.Status != OrderStatus.Rejected || own.Fills.Count > 0)
                yield return $"order {own.Name}: ours {own.Status}, and the exchange has never had it ({id})";
        }
    }

    private IEnumerable<string> Trades()
    {
        var theirs = new HashSet<(VenueOrderId, TradeId)>();
        foreach (var trade in Venue.TradesOf(ChaosExchange.Account))
        {
            var ours = trade.FillsOf(ChaosExchange.Account)
                .Where(fill => !exchange.Foreign.Contains(fill.VenueOrderId));
            foreach (var fill in ours)
            {
                theirs.Add((fill.VenueOrderId, fill.TradeId));
                if (Compare(trade, fill) is { } difference)
                    yield return difference;
            }
        }

        foreach (var (id, order) in orders)
        {
            foreach (var trade in order.Fills.Keys.Where(trade => !theirs.Contains((id, trade))))
                yield return $"order {order.Name}: trade {trade} is not on the exchange's record";
        }
    }

    private string? Compare(VenueTrade trade, Fill fill)
    {
        var own = orders.GetValueOrDefault(fill.VenueOrderId);
        var booked = own?.Fills.GetValueOrDefault(fill.TradeId);
        var settled = own?.Settled.TryGetValue(fill.TradeId, out var isConfirmed) == true ? isConfirmed : (bool?)null;
        if (trade.Status == TradeStatus.Failed)
        {
            return booked is null || settled == false
                ? null
                : $"trade {fill.TradeId} of {own!.Name} failed and is {Word(settled)} in the journal";
        }

        if (booked is null)
            return $"trade {fill.TradeId} of {own?.Name} ({trade.Status}) is not in the journal";
        if (settled != true)
            return $"trade {fill.TradeId} of {own!.Name} is {trade.Status} and {Word(settled)} in the journal";
        return booked.Quantity == fill.Quantity && booked.Notional == fill.Notional && booked.Fee == fill.Fee
            && booked.Side == fill.Side && booked.TokenId == fill.TokenId
            ? null
            : $"trade {fill.TradeId} of {own!.Name}: ours {booked}, the exchange's {fill}";
    }

    private static string Word(bool? settled) => settled switch
    {
        null => "pending",
        true => "confirmed",
        false => "void",
    };

    private IEnumerable<string> Balances()
    {
        var account = Venue.Account(ChaosExchange.Account)!;
        if (State.Ledger.Cash != account.Cash)
            yield return $"cash: ours {State.Ledger.Cash}, the exchange's {account.Cash}";
        if (State.Ledger.Reserved != Usdc.Zero && !Venue.OpenOrdersOf(ChaosExchange.Account).Any())
            yield return $"{State.Ledger.Reserved} are reserved, and no order works";
        var tokens = State.Ledger.AllHoldings().Select(held => held.Key)
            .Union(State.Ledger.AllExternal().Select(held => held.Key)).Union(account.Tokens.Keys);
        foreach (var token in tokens.OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            var (own, external) = (State.Ledger.Holdings(token), State.Ledger.External(token));
            var their = account.Tokens.GetValueOrDefault(token).ToMicros;
            if (own.ToMicros + external != their)
                yield return $"token {token}: ours {own} and {external} micro external, the exchange's {their} micro";
        }
    }

    private IEnumerable<string> Unredeemed()
    {
        var held = Venue.Account(ChaosExchange.Account)!.Tokens.Where(held => !held.Value.IsZero);
        foreach (var (token, amount) in held)
        {
            // What the user bought elsewhere the user redeems.
            var isOurs = amount.ToMicros > State.Ledger.External(token);
            if (Venue.Listing(token) is null && isOurs)
                yield return $"{amount} of token {token} are of a market that has ended, and not redeemed";
        }
    }

    private IEnumerable<string> Books()
    {
        foreach (var asset in State.Ledger.Balances.GroupBy(balance => balance.Key.Asset))
        {
            if (asset.Sum(balance => balance.Value) != 0)
                yield return $"the ledger does not balance in {asset.Key}";
        }

        foreach (var (token, held) in State.Ledger.AllHoldings())
        {
            var lots = State.Positions.Values.SelectMany(position => position.Legs)
                .Where(leg => leg.TokenId == token)
                .Sum(leg => leg.Held.ToMicros + leg.Settled.ToMicros);
            if (lots != held.ToMicros)
                yield return $"token {token}: {held} held, {Quantity.FromMicros(lots)} in positions";
        }

        if (Venue.Audit() is { } wrong)
            yield return $"the exchange itself: {wrong}";
    }

    private sealed class OurOrder(PreparedOrder prepared)
    {
        public string Name =>
            $"{prepared.Command.ClientOrderId} ({prepared.Command.Side} {prepared.Command.Outcome})";

        public OrderStatus Status { get; set; } = OrderStatus.Submitted;

        public Dictionary<TradeId, Fill> Fills { get; } = [];

        public Dictionary<TradeId, bool> Settled { get; } = [];
    }
}
