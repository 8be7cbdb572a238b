using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// All that the engine knows, written by its one loop. The lasting part (settings, positions, orders, ledger) changes
/// only through <see cref="Apply"/>; books, catalogue and last bids are what the feeds say and start empty.
/// </summary>
public sealed class EngineState(AccountId accountId)
{
    private const int RememberedCommands = 10_000;

    private static readonly TimeSpan LongestReentryPause = TimeSpan.FromDays(31);

    private readonly Dictionary<PositionId, Position> positions = [];
    private readonly Dictionary<ClientOrderId, Order> orders = [];
    private readonly Dictionary<VenueOrderId, ClientOrderId> byVenueId = [];
    private readonly Dictionary<MarketId, DateTimeOffset> lastClosed = [];
    private readonly Dictionary<string, EngineOutput.CommandAnswered> answered = [];
    private readonly Queue<string> answers = new();
    private readonly Dictionary<MarketId, Resolution> resolutions = [];
    private readonly HashSet<MarketId> redemptions = [];

    /// <summary>The account.</summary>
    public AccountId AccountId { get; } = accountId;

    /// <summary>Sequence of the last journalled record; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Both clocks of the last event.</summary>
    public Stamp Now { get; private set; }

    /// <summary>The settings in force for new positions.</summary>
    public TradingSettings Settings { get; private set; } = new();

    /// <summary>Money and shares.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Known markets and their tokens.</summary>
    public MarketCatalog Catalog { get; } = new();

    /// <summary>Books by token.</summary>
    public Dictionary<TokenId, Book> Books { get; } = [];

    /// <summary>Last trusted bid by token, shown when there is no trusted one now.</summary>
    public Dictionary<TokenId, Price> LastBids { get; } = [];

    /// <summary>Tokens whose books are followed; null before anyone said so, which means all.</summary>
    public IReadOnlySet<TokenId>? Followed { get; private set; }

    /// <summary>Settlements that arrived before the execution they settle.</summary>
    public Dictionary<TradeId, bool> EarlySettlements { get; } = [];

    /// <summary>
    /// Since when the venue has shown no trace of an order that may be absent, wall time; forgotten on a restart.
    /// </summary>
    public Dictionary<ClientOrderId, DateTimeOffset> AbsentSince { get; } = [];

    /// <summary>What the venue refused beside orders, with its words; forgotten on a restart.</summary>
    public Dictionary<string, string> Refusals { get; } = [];

    /// <summary>Why the venue serves this place or account not at all; null when it does.</summary>
    public string? Restriction { get; set; }

    /// <summary>The difference from the venue's record that was last reported; null when there is none.</summary>
    public string? Incident { get; set; }

    /// <summary>
    /// True once our books were found equal to the venue's record after the last start; entries wait for it.
    /// </summary>
    public bool IsReconciled { get; set; }

    /// <summary>True once the account's capital is booked.</summary>
    public bool IsOpened { get; private set; }

    /// <summary>Positions that use a slot, and closed ones that still hold dust or await settlement.</summary>
    public IReadOnlyDictionary<PositionId, Position> Positions => positions;

    /// <summary>Positions that use a slot.</summary>
    public IEnumerable<Position> OpenPositions => positions.Values.Where(position => position.IsOpen);

    /// <summary>Orders of the positions above.</summary>
    public IReadOnlyDictionary<ClientOrderId, Order> Orders => orders;

    /// <summary>When each market was last left, market time.</summary>
    public IReadOnlyDictionary<MarketId, DateTimeOffset> LastClosed => lastClosed;

    /// <summary>How markets that we held ended, while it matters.</summary>
    public IReadOnlyDictionary<MarketId, Resolution> Resolutions => resolutions;

    /// <summary>Markets whose redemption was asked for and not booked yet.</summary>
    public IReadOnlyCollection<MarketId> PendingRedemptions => redemptions;

    /// <summary>Moves both clocks; neither runs backwards.</summary>
    public void Observe(Stamp at) => Now = new(
        at.MarketTime > Now.MarketTime ? at.MarketTime : Now.MarketTime,
        at.RecordedAt > Now.RecordedAt ? at.RecordedAt : Now.RecordedAt);

    /// <summary>Our order by the venue's id.</summary>
    public Order? FindOrder(VenueOrderId id) =>
        byVenueId.TryGetValue(id, out var own) ? orders.GetValueOrDefault(own) : null;

    /// <summary>A position's orders that may still execute.</summary>
    public IEnumerable<Order> WorkingOrders(PositionId position) =>
        orders.Values.Where(order => order.Command.PositionId == position && order.IsWorking);

    /// <summary>The answer that a command got, if it was seen before.</summary>
    public EngineOutput.CommandAnswered? AnswerTo(string commandId) => answered.GetValueOrDefault(commandId);

    /// <summary>The open position in a market, if any.</summary>
    public Position? PositionIn(MarketId market) =>
        OpenPositions.FirstOrDefault(position => position.MarketId == market);

    /// <summary>The book of a token, made when first asked for.</summary>
    public Book Book(TokenId token)
    {
        if (!Books.TryGetValue(token, out var book))
            Books.Add(token, book = new(token));
        return book;
    }

    /// <summary>
    /// Follows these books from now on and forgets all others, so that a silent one is never believed.
    /// </summary>
    public void Follow(IReadOnlySet<TokenId> tokens)
    {
        Followed = tokens;
        foreach (var token in Books.Keys.Where(token => !tokens.Contains(token)).ToList())
            Books.Remove(token);
    }

    /// <summary>Folds one record. Live and recovering use the same path.</summary>
    /// <exception cref="InvalidOperationException">
    /// The record does not follow the last one, or breaks an invariant.
    /// </exception>
    public void Apply(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Sequence != Sequence + 1)
            throw new InvalidOperationException($"Journal record {record.Sequence} does not follow {Sequence}.");
        Sequence = record.Sequence;
        Observe(record.At);
        switch (record.Output)
        {
            case EngineOutput.AccountOpened opened:
                Ledger.Apply(opened.Deposit);
                IsOpened = true;
                break;
            case EngineOutput.SettingsChanged changed: Settings = changed.Settings; break;
            case EngineOutput.CommandAnswered answer: Remember(answer); break;
            case EngineOutput.PositionOpened opened:
                Catalog.Add(opened.Market);
                positions.Add(opened.Position.Id, opened.Position);
                break;
            case EngineOutput.PositionMoved moved: Move(moved, record.At); break;
            case EngineOutput.ExitBegun begun:
                ChangeLeg(begun.PositionId, begun.Outcome, leg => leg with
                {
                    Exiting = begun.Reason, TriggerPrice = begun.SellablePrice,
                });
                break;
            case EngineOutput.LegExited exited:
                ChangeLeg(exited.PositionId, exited.Outcome, leg => leg with { ExitReason = exited.Reason });
                break;
            case EngineOutput.OrderSubmitted submitted: Submit(submitted, record.At); break;
            case EngineOutput.OrderUpdated updated: Update(updated); break;
            case EngineOutput.FillBooked booked: Book(booked); break;
            case EngineOutput.TradeSettled settled: Settle(settled); break;
            case EngineOutput.MarketResolved resolved:
                resolutions[resolved.Resolution.MarketId] = resolved.Resolution;
                break;
            case EngineOutput.LegSettled settled: Settle(settled); break;
            case EngineOutput.RedemptionRequested requested: redemptions.Add(requested.MarketId); break;
            case EngineOutput.RedemptionBooked redeemed: Redeem(redeemed); break;
            case EngineOutput.IncidentRaised: break;
            default: throw new InvalidOperationException($"No rule folds {record.Output.GetType().Name}.");
        }
    }

    /// <summary>
    /// Forgets closed positions and their orders once nothing can happen to them any more, and re-entry pauses that are
    /// over. Called between events, so that what an event closed can still be written.
    /// </summary>
    public void Prune()
    {
        foreach (var position in positions.Values.Where(position => !position.IsOpen && !IsAwaited(position)).ToList())
        {
            positions.Remove(position.Id);
            foreach (var order in orders.Values.Where(order => order.Command.PositionId == position.Id).ToList())
            {
                orders.Remove(order.Command.ClientOrderId);
                AbsentSince.Remove(order.Command.ClientOrderId);
                byVenueId.Remove(order.Prepared.VenueOrderId);
            }

            if (position.Resolution is not null)
                Forget(position.MarketId);
        }

        var longAgo = Now.MarketTime - LongestReentryPause;
        foreach (var market in lastClosed.Where(closed => closed.Value < longAgo).Select(closed => closed.Key).ToList())
            lastClosed.Remove(market);
    }

    /// <summary>Drops a market that has ended, with its books.</summary>
    public void Forget(MarketId id)
    {
        if (Catalog.Find(id) is not { } market)
            return;
        foreach (var outcome in Outcomes.Both)
        {
            Books.Remove(market.Token(outcome));
            LastBids.Remove(market.Token(outcome));
        }

        Catalog.Remove(id);
    }

    private bool IsAwaited(Position position) =>
        redemptions.Contains(position.MarketId)
        || resolutions.ContainsKey(position.MarketId)
        || position.Legs.Any(leg => !leg.Held.IsZero)
        || Ledger.Pending.Any(entry => entry.PositionId == position.Id)
        || WorkingOrders(position.Id).Any();

    // A repeated command follows its first soon: the last ten thousand are enough.
    private void Remember(EngineOutput.CommandAnswered answer)
    {
        if (answered.TryAdd(answer.CommandId, answer))
            answers.Enqueue(answer.CommandId);
        else
            answered[answer.CommandId] = answer;
        if (answers.Count > RememberedCommands)
            answered.Remove(answers.Dequeue());
    }

    private void Move(EngineOutput.PositionMoved moved, Stamp at)
    {
        var position = positions[moved.PositionId];
        if (position.State != moved.From)
            throw new InvalidOperationException($"Position {position.Id} is {position.State}, not {moved.From}.");
        position = position with { State = moved.To };
        positions[position.Id] = moved.To switch
        {
            PositionState.Active => position with { EnteredAt = at.MarketTime },
            PositionState.Closed => Close(position, at),
            _ => position,
        };
    }

    private Position Close(Position position, Stamp at)
    {
        lastClosed[position.MarketId] = at.MarketTime;
        return position with
        {
            ClosedAt = at.MarketTime,
            Resolution = resolutions.GetValueOrDefault(position.MarketId),
        };
    }

    private void ChangeLeg(PositionId id, Outcome outcome, Func<Leg, Leg> change)
    {
        var position = positions[id];
        var leg = change(position.Leg(outcome));
        var isFirstExit = leg.ExitReason is not (null or ExitReason.Resolution or ExitReason.EntryFailed)
            && position.LiquidatedSide is null && position.Leg(outcome.Other()) is { IsHeld: true, Exiting: null };
        position = position.With(leg) with { ExitReason = leg.ExitReason ?? position.ExitReason };
        positions[id] = isFirstExit
            ? position with { LiquidatedSide = outcome, LiquidatedAt = Now.MarketTime }
            : position;
    }

    private void Submit(EngineOutput.OrderSubmitted submitted, Stamp at)
    {
        if (submitted.Reservation is { } reservation)
            Ledger.Apply(reservation);
        var command = submitted.Order.Command;
        orders.Add(command.ClientOrderId, new()
        {
            Prepared = submitted.Order,
            Status = OrderStatus.Submitted,
            Reason = submitted.Reason,
            Reserved = Reservation(submitted.Reservation),
            SubmittedAt = at,
        });
        byVenueId.Add(submitted.Order.VenueOrderId, command.ClientOrderId);
    }

    private void Update(EngineOutput.OrderUpdated updated)
    {
        var order = orders[updated.ClientOrderId];
        if (!order.IsWorking)
            throw new InvalidOperationException($"Order {updated.ClientOrderId} is {order.Status}, which is final.");
        if (updated.Release is { } release)
            Ledger.Apply(release);
        orders[updated.ClientOrderId] = order with
        {
            Status = updated.Status,
            Why = updated.Why ?? order.Why,
            Reserved = order.Reserved + Reservation(updated.Release),
        };
    }

    private void Book(EngineOutput.FillBooked booked)
    {
        // The reservation is freed first: the purchase is paid out of free cash.
        if (booked.Release is { } release)
            Ledger.Apply(release);
        Ledger.Apply(booked.Entry);
        var order = orders[booked.ClientOrderId];
        orders[booked.ClientOrderId] = order with
        {
            Fills = order.Fills.Add(booked.Fill),
            Reserved = order.Reserved + Reservation(booked.Release),
        };
        ChangeLeg(booked.PositionId, booked.Outcome, leg => leg.Apply(booked.Fill));
    }

    private void Settle(EngineOutput.TradeSettled settled)
    {
        if (settled.IsConfirmed)
        {
            Ledger.Post(settled.TradeId);
            return;
        }

        foreach (var entry in Ledger.Void(settled.TradeId))
            TakeBack(entry);
    }

    /// <summary>
    /// A failed execution counts for nothing: neither in its order nor in its leg, whose sale begins again.
    /// </summary>
    private void TakeBack(Entry entry)
    {
        var order = orders.Values.First(known => known.Fills.Any(fill => Entries.IdOf(fill) == entry.Id));
        var fill = order.Fills.First(known => Entries.IdOf(known) == entry.Id);
        var command = order.Command;
        orders[command.ClientOrderId] = order with { Voided = order.Voided.Add(fill.TradeId) };
        var basis = entry.Postings
            .Where(posting => posting.Account == LedgerAccount.Inventory)
            .Sum(posting => posting.Micros);
        ChangeLeg(command.PositionId, command.Outcome, leg => leg.TakeBack(fill, Usdc.FromMicros(basis)));
    }

    private void Settle(EngineOutput.LegSettled settled)
    {
        Ledger.Apply(settled.Entry);
        ChangeLeg(settled.PositionId, settled.Outcome, leg => leg.Settle(settled.Payout));
        var position = positions[settled.PositionId];
        positions[position.Id] = position with { Resolution = resolutions.GetValueOrDefault(position.MarketId) };
    }

    private void Redeem(EngineOutput.RedemptionBooked redeemed)
    {
        foreach (var entry in redeemed.Entries)
            Ledger.Apply(entry);
        redemptions.Remove(redeemed.MarketId);
        resolutions.Remove(redeemed.MarketId);
    }

    private static Usdc Reservation(Entry? entry) => Usdc.FromMicros(entry?.Postings
        .Where(posting => posting.Account == LedgerAccount.Reserved)
        .Sum(posting => posting.Micros) ?? 0);
}
