using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>
/// The statements of one batch: all records, then the rows that follow from them in the journal's order, and the lines
/// of the ledger's entries at last.
/// </summary>
/// <param name="account">Whose batch it is.</param>
/// <param name="batch">What is to be written.</param>
/// <param name="markets">The markets that its rows name; what the batch itself tells of them is added.</param>
/// <param name="bids">Last known bids by token, which value open positions.</param>
internal sealed class JournalTransaction(
    AccountId account,
    JournalBatch batch,
    Dictionary<MarketId, MarketFacts> markets,
    IReadOnlyDictionary<TokenId, Price> bids)
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<LedgerPostingRow> _postings = [];
    private readonly Dictionary<PositionId, Position> _positions =
        batch.Positions.ToDictionary(position => position.Id);

    /// <summary>Makes all statements.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Build()
    {
        Run("SELECT require_lease($1, $2)", Text(account.Value), Number(batch.Epoch));
        foreach (var record in batch.Records)
        {
            if (record.Output is EngineOutput.AccountOpened opened)
                Insert(TradingRows.Account(record, opened.Deposit));
        }

        // Nothing that is written later changes these rows, and no other row is read to write them.
        InsertAll(batch.Records.Select(JournalRows.Of));
        foreach (var record in batch.Records)
        {
            Project(record);
            Count(record);
        }

        foreach (var position in batch.Positions)
            Upsert(position);
        foreach (var mark in batch.Marks)
            Add(mark);
        foreach (var point in batch.Equity)
            _commands.Add(RowSql<EquityPointRow>.Instance.Upsert(JournalRows.Equity(point)));
        foreach (var scan in batch.Scans)
            Insert(ScannerRows.Scan(scan));
        InsertAll(_postings);
        return _commands;
    }

    private void Project(JournalRecord record)
    {
        switch (record.Output)
        {
            case EngineOutput.AccountOpened opened: Book(record, opened.Deposit); break;
            case EngineOutput.SettingsChanged changed: Configure(record, changed); break;
            case EngineOutput.PositionOpened opened:
                markets[opened.Market.Id] = new MarketFacts(opened.Market.Question, null);
                _commands.Add(RowSql<MarketRow>.Instance.Upsert(TradingRows.Market(record, opened.Market)));
                break;
            case EngineOutput.OrderSubmitted submitted:
                Insert(TradingRows.Order(record, submitted));
                Book(record, submitted.Reservation);
                break;
            case EngineOutput.OrderUpdated updated:
                Update(record, updated);
                Book(record, updated.Release);
                break;
            case EngineOutput.FillBooked booked: Fill(record, booked); break;
            case EngineOutput.PairRequested requested: Book(record, requested.Reservation); break;
            case EngineOutput.PairBooked booked: Pair(record, booked); break;
            case EngineOutput.PairFailed failed: Book(record, failed.Release); break;
            case EngineOutput.TradeSettled settled: Settle(record, settled); break;
            case EngineOutput.SharesMoved moved: Book(record, moved.Entry); break;
            case EngineOutput.ExternalBooked booked: Book(record, booked.Entry); break;
            case EngineOutput.MarketResolved resolved: Resolve(record, resolved.Resolution); break;
            case EngineOutput.LegSettled settled: Settle(record, settled); break;
            case EngineOutput.RedemptionBooked redeemed:
                foreach (var entry in redeemed.Entries)
                    Book(record, entry);
                break;
        }
    }

    private void Book(JournalRecord record, Entry? entry)
    {
        if (entry is null)
            return;
        Insert(JournalRows.Entry(record, entry));
        _postings.AddRange(JournalRows.Postings(record, entry));
    }

    private void Configure(JournalRecord record, EngineOutput.SettingsChanged changed) => Run(
        """
        INSERT INTO configuration (account_id, strategy_id, version, settings, changed_by, market_time, recorded_at)
        SELECT $1, $2, coalesce(max(version), 0) + 1, $3, 'operator', $4, $5
        FROM configuration WHERE account_id = $1 AND strategy_id = $2
        """,
        Text(record.AccountId.Value),
        Text(StrategyCatalog.Primary.Id.Value),
        new() { Value = StorageJson.Write(changed.Settings), NpgsqlDbType = NpgsqlDbType.Jsonb },
        Time(record.At.MarketTime),
        Time(record.At.RecordedAt));

    private void Update(JournalRecord record, EngineOutput.OrderUpdated updated) => Run(
        """
        UPDATE orders SET status = $3, reason = coalesce($4, reason), market_time = $5, recorded_at = $6
        WHERE account_id = $1 AND client_order_id = $2
        """,
        Text(record.AccountId.Value),
        Text(updated.ClientOrderId.Value),
        Text(Words.Of(updated.Status)),
        Text(updated.Why),
        Time(record.At.MarketTime),
        Time(record.At.RecordedAt));

    private void Fill(JournalRecord record, EngineOutput.FillBooked booked)
    {
        Insert(TradingRows.Fill(record, booked));
        Insert(TradingRows.Trade(record, booked, FactsOf(record).Name));
        Run(
            """
            UPDATE orders SET filled_shares_micros = filled_shares_micros + $3, filled_micros = filled_micros + $4,
                fees_micros = fees_micros + $5, market_time = $6, recorded_at = $7
            WHERE account_id = $1 AND client_order_id = $2
            """,
            Text(record.AccountId.Value),
            Text(booked.ClientOrderId.Value),
            Number(booked.Fill.Quantity.ToMicros),
            Number(booked.Fill.Notional.ToMicros),
            Number(booked.Fill.Fee.ToMicros),
            Time(record.At.MarketTime),
            Time(record.At.RecordedAt));
        Book(record, booked.Release);
        Book(record, booked.Entry);
    }

    private void Pair(JournalRecord record, EngineOutput.PairBooked booked)
    {
        Book(record, booked.Release);
        Book(record, booked.Entry);
        var position = _positions[booked.PositionId];
        foreach (var leg in position.Legs)
        {
            Insert(PairRows.Trade(
                record, booked, leg, position.StrategyId.Value, position.MarketId.Value, FactsOf(record).Name));
        }
    }

    private void Count(JournalRecord record)
    {
        var position = record.PositionId is { } id ? _positions.GetValueOrDefault(id) : null;
        if (PairRows.Counts(record, position) is not { } counts)
            return;
        Run(
            """
            INSERT INTO one_leg_statistics AS known (account_id, market_id, attempts, entered, one_legs, chases,
                unwinds, cost_micros, market_time, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (account_id, market_id) DO UPDATE SET attempts = known.attempts + excluded.attempts,
                entered = known.entered + excluded.entered, one_legs = known.one_legs + excluded.one_legs,
                chases = known.chases + excluded.chases, unwinds = known.unwinds + excluded.unwinds,
                cost_micros = known.cost_micros + excluded.cost_micros, market_time = excluded.market_time,
                recorded_at = excluded.recorded_at
            """,
            Text(record.AccountId.Value), Text(counts.MarketId.Value), Number(counts.Attempts), Number(counts.Entered),
            Number(counts.OneLegs), Number(counts.Chases), Number(counts.Unwinds), Number(counts.Cost.ToMicros),
            Time(record.At.MarketTime), Time(record.At.RecordedAt));
    }

    private void Settle(JournalRecord record, EngineOutput.TradeSettled settled)
    {
        var status = settled.IsConfirmed ? EntryStatus.Posted : EntryStatus.Voided;
        NpgsqlParameter[] Parameters() =>
            [Text(record.AccountId.Value), Text(settled.TradeId.Value), Text(Words.Of(status))];
        Run(
            """
            UPDATE ledger_entries SET status = $3, settled_at = $4
            WHERE account_id = $1 AND venue_trade_id = $2 AND status = 'pending'
            """,
            [.. Parameters(), Time(record.At.MarketTime)]);
        Run(
            """
            UPDATE fills SET settlement = $3
            WHERE account_id = $1 AND venue_trade_id = $2 AND settlement = 'pending'
            """,
            Parameters());
        Run(
            """
            UPDATE trades SET settlement = $3
            WHERE account_id = $1 AND venue_trade_id = $2 AND settlement = 'pending'
            """,
            Parameters());
    }

    private void Resolve(JournalRecord record, Resolution resolution)
    {
        if (markets.TryGetValue(resolution.MarketId, out var facts))
            markets[resolution.MarketId] = facts with { PayoutYes = resolution.PayoutYes };
        Run(
            """
            UPDATE markets SET resolved_at = $3, resolution = $4, payout_yes_micros = $5,
                market_time = $6, recorded_at = $7
            WHERE account_id = $1 AND market_id = $2
            """,
            Text(record.AccountId.Value),
            Text(resolution.MarketId.Value),
            Time(resolution.ResolvedAt),
            Text(TradingRows.Outcome(resolution)),
            Number(resolution.PayoutYes.ToMicros),
            Time(record.At.MarketTime),
            Time(record.At.RecordedAt));
    }

    private void Settle(JournalRecord record, EngineOutput.LegSettled settled)
    {
        Book(record, settled.Entry);
        var leg = _positions[settled.PositionId].Leg(settled.Outcome);
        var facts = FactsOf(record);
        var payoutYes = facts.PayoutYes ?? throw new InvalidOperationException(
            $"Journal record {record.Sequence} pays out a market whose end is not journalled.");
        var payout = settled.Outcome == Outcome.Yes ? payoutYes : payoutYes.Complement;
        Insert(TradingRows.Trade(record, settled, leg, payout, facts.Name));
    }

    private void Upsert(Position position)
    {
        var last = batch.Records.LastOrDefault(record => Concerns(record, position.Id))
            ?? throw new InvalidOperationException($"The batch changes position {position.Id} without a record of it.");
        var facts = FactsOf(position.MarketId, last);
        var (yes, no) = (PriceOf(position, position.Yes, facts), PriceOf(position, position.No, facts));
        _commands.Add(RowSql<PositionRow>.Instance.Upsert(
            TradingRows.Position(position, facts.Name, yes, no, last.Sequence, last.At)));
        foreach (var leg in position.Legs)
            _commands.Add(RowSql<PositionLegRow>.Instance.Upsert(TradingRows.Leg(position, leg, last.At)));
    }

    // One redemption may concern several positions, so its record names none.
    private static bool Concerns(JournalRecord record, PositionId position) => record.PositionId == position
        || (record.Output is EngineOutput.RedemptionBooked redeemed
            && redeemed.Entries.Any(entry => entry.PositionId == position));

    private void Add(PriceMark mark)
    {
        _commands.Add(RowSql<PositionMarkRow>.Instance.Upsert(JournalRows.Mark(account, mark)));
        // What the batch itself changes of a position was written above, at the same bids and after the mark.
        if (_positions.ContainsKey(mark.PositionId))
            return;
        Run(
            """
            UPDATE positions SET current_price_yes_micros = $3, current_price_no_micros = $4, pnl_micros = $5,
                market_time = $6, recorded_at = $7
            WHERE account_id = $1 AND position_id = $2 AND status <> 'closed'
            """,
            Text(account.Value),
            Text(mark.PositionId.Value),
            Number(mark.BidYes?.ToMicros),
            Number(mark.BidNo?.ToMicros),
            Number(mark.Pnl.ToMicros),
            Time(mark.At.MarketTime),
            Time(mark.At.RecordedAt));
    }

    /// <summary>A resolved market's shares are worth their payout; a closed position's dust, else, nothing.</summary>
    private Price? PriceOf(Position position, Leg leg, MarketFacts facts)
    {
        if (facts.PayoutYes is { } payout)
            return leg.Outcome == Outcome.Yes ? payout : payout.Complement;
        return position.IsOpen && bids.TryGetValue(leg.TokenId, out var bid) ? bid : null;
    }

    private MarketFacts FactsOf(JournalRecord record) => FactsOf(record.MarketId, record);

    private MarketFacts FactsOf(MarketId? market, JournalRecord record) =>
        market is { } id && markets.TryGetValue(id, out var facts)
            ? facts
            : throw new InvalidOperationException($"Journal record {record.Sequence} names no market that we know.");

    private void Insert<TRow>(TRow row)
        where TRow : class => _commands.Add(RowSql<TRow>.Instance.Insert(row));

    private void InsertAll<TRow>(IEnumerable<TRow> rows)
        where TRow : class
    {
        if (rows.ToList() is { Count: > 0 } all)
            _commands.Add(RowSql<TRow>.Instance.InsertAll(all));
    }

    private void Run(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        _commands.Add(command);
    }

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Number(long? value) =>
        new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter Time(DateTimeOffset value) =>
        new() { Value = value.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
