using System.Runtime.CompilerServices;
using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Adapters.Storage.Writing;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>
/// The journal in PostgreSQL. A batch, and every row that follows from it, is one transaction sent in one round trip;
/// it is durable when the call returns. One caller at a time, as there is one engine.
/// </summary>
internal sealed class PostgresJournal(NpgsqlDataSource database) : IJournal
{
    private readonly Dictionary<MarketId, MarketFacts> _markets = [];
    private readonly Dictionary<TokenId, Price> _bids = [];

    /// <inheritdoc/>
    public async Task AppendAsync(JournalBatch batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.IsEmpty)
            return;
        var account = AccountOf(batch);
        RequireGapless(batch.Records);
        var isWritten = false;
        try
        {
            await StorageFailure.GuardAsync(() => WriteAsync(account, batch, cancellation));
            isWritten = true;
        }
        finally
        {
            // What was learned from a batch that may not have been written is forgotten with it.
            if (!isWritten)
            {
                _markets.Clear();
                _bids.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalRecord> ReadAsync(
        AccountId account, long afterSequence, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var rows = context.Journal
            .Where(row => row.AccountId == account.Value && row.Sequence > afterSequence)
            .OrderBy(row => row.Sequence)
            .AsAsyncEnumerable();
        await using var reader = rows.GetAsyncEnumerator(cancellation);
        while (await StorageFailure.GuardAsync(() => reader.MoveNextAsync().AsTask()))
            yield return JournalRows.Read(reader.Current);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<TokenId, Price>> ReadLastBidsAsync(
        AccountId account, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var legs = await StorageFailure.GuardAsync(() => (
            from position in context.Positions
            where position.AccountId == account.Value && position.Status != "closed"
            join leg in context.PositionLegs
                on new { position.AccountId, position.PositionId } equals new { leg.AccountId, leg.PositionId }
            select new
            {
                leg.TokenId,
                Bid = leg.Side == "yes" ? position.CurrentPriceYesMicros : position.CurrentPriceNoMicros,
            }).ToListAsync(cancellation));
        foreach (var leg in legs.Where(leg => leg.Bid is not null))
            _bids[new TokenId(leg.TokenId)] = Price.FromMicros(leg.Bid!.Value);
        return new Dictionary<TokenId, Price>(_bids);
    }

    private static AccountId AccountOf(JournalBatch batch)
    {
        var accounts = batch.Records.Select(record => record.AccountId)
            .Concat(batch.Equity.Select(point => point.AccountId))
            .Concat(batch.Decisions.Select(decision => decision.AccountId))
            .Concat(batch.Scans.Select(scan => scan.AccountId))
            .Concat(batch.Positions.Select(position => position.AccountId))
            .Distinct().ToList();
        return accounts.Count == 1
            ? accounts[0]
            : throw new ArgumentException($"A batch is of one account, not of {accounts.Count}.", nameof(batch));
    }

    /// <summary>The database holds the batch to what is stored; this holds it to itself.</summary>
    private static void RequireGapless(IReadOnlyList<JournalRecord> records)
    {
        for (var at = 1; at < records.Count; at++)
        {
            if (records[at].Sequence != records[at - 1].Sequence + 1)
            {
                throw new InvalidOperationException(
                    $"Journal record {records[at].Sequence} does not follow {records[at - 1].Sequence}.");
            }
        }
    }

    private async Task<long> WriteAsync(AccountId account, JournalBatch batch, CancellationToken cancellation)
    {
        Remember(batch.Marks);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await LearnMarketsAsync(connection, account, batch, cancellation);
        var commands = new JournalTransaction(account, batch, _markets, _bids).Build();
        if (batch.Decisions.Count == 0)
        {
            // Statements that are sent together are one transaction by themselves, committed in the same round trip.
            await RunAsync(connection, commands, cancellation);
            return batch.Records.Count;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await RunAsync(connection, commands, cancellation);
        await WriteDecisionsAsync(connection, batch.Decisions, cancellation);
        await transaction.CommitAsync(cancellation);
        return batch.Records.Count;
    }

    private void Remember(IReadOnlyList<PriceMark> marks)
    {
        foreach (var mark in marks)
        {
            if (mark.BidYes is { } yes)
                _bids[mark.TokenYes] = yes;
            if (mark.BidNo is { } no)
                _bids[mark.TokenNo] = no;
        }
    }

    private async Task LearnMarketsAsync(
        NpgsqlConnection connection, AccountId account, JournalBatch batch, CancellationToken cancellation)
    {
        const string Sql = """
            SELECT market_id, market_name, payout_yes_micros FROM markets
            WHERE account_id = $1 AND market_id = ANY ($2)
            """;
        var unknown = batch.Records.Select(record => record.MarketId).OfType<MarketId>()
            .Concat(batch.Positions.Select(position => position.MarketId))
            .Where(market => !_markets.ContainsKey(market)).Select(market => market.Value).Distinct().ToArray();
        if (unknown.Length == 0)
            return;
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account.Value });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = unknown });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var isOpen = await reader.IsDBNullAsync(2, cancellation);
            _markets[new MarketId(reader.GetString(0))] = new MarketFacts(
                reader.GetString(1), isOpen ? null : Price.FromMicros(reader.GetInt64(2)));
        }
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellation)
    {
        if (commands.Count == 0)
            return;
        await using var run = new NpgsqlBatch(connection);
        foreach (var command in commands)
            run.BatchCommands.Add(command);
        await run.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task WriteDecisionsAsync(
        NpgsqlConnection connection, IReadOnlyList<DecisionRecord> decisions, CancellationToken cancellation)
    {
        if (decisions.Count == 0)
            return;
        await RowSql<DecisionRow>.Instance.CopyAsync(connection, decisions.Select(ScannerRows.Decision), cancellation);
        await Opportunities.WriteAsync(connection, decisions, cancellation);
    }
}
