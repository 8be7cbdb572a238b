using System.Text.Json;
using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Adapters.Storage;

/// <summary>An account's operations on the chain in PostgreSQL.</summary>
internal sealed class PostgresOperations(NpgsqlDataSource database, AccountId account) : IOperationStore
{
    private const string Insert = """
        INSERT INTO chain_operations (account_id, operation_id, kind, market_id, position_id, amount_micros, state,
            revision, attempts, nonce, first_block, payload, expires_at, reference, hashes, next_try, last_error,
            receipt, market_time, recorded_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
        ON CONFLICT (account_id, operation_id) DO NOTHING
        """;

    /// <inheritdoc/>
    public Task<OperationRow?> FindAsync(OperationId id, CancellationToken cancellation) =>
        ReadAsync(rows => rows.Where(row => row.OperationId == id.Value), cancellation);

    /// <inheritdoc/>
    public Task<OperationRow?> FindSentAsync(CancellationToken cancellation) => ReadAsync(
        rows => rows.Where(row => row.State == "sent").OrderBy(row => row.RecordedAt), cancellation);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(OperationRow row, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            var stored = Stored(row);
            await using var command = database.CreateCommand(Insert);
            Add(
                stored.AccountId, stored.OperationId, stored.Kind, stored.MarketId, stored.PositionId,
                stored.AmountMicros, stored.State, stored.Revision, stored.Attempts, stored.Nonce, stored.FirstBlock,
                stored.Payload, stored.ExpiresAt, stored.Reference, stored.Hashes, stored.NextTry, stored.LastError);
            command.Parameters.Add(new()
            {
                Value = (object?)stored.Receipt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb,
            });
            Add(stored.MarketTime, stored.RecordedAt, stored.UpdatedAt);
            return await command.ExecuteNonQueryAsync(cancellation) == 1;

            void Add(params ReadOnlySpan<object?> values)
            {
                foreach (var value in values)
                    command.Parameters.Add(new() { Value = value ?? DBNull.Value });
            }
        });

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OperationRow row, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            var stored = Stored(row);
            await using var context = EquilibrageContext.Over(database);
            var changed = await context.ChainOperations
                .Where(known => known.AccountId == account.Value && known.OperationId == stored.OperationId
                    && known.Revision == row.Revision)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(known => known.State, stored.State)
                        .SetProperty(known => known.Revision, row.Revision + 1)
                        .SetProperty(known => known.Attempts, stored.Attempts)
                        .SetProperty(known => known.Nonce, stored.Nonce)
                        .SetProperty(known => known.FirstBlock, stored.FirstBlock)
                        .SetProperty(known => known.Payload, stored.Payload)
                        .SetProperty(known => known.ExpiresAt, stored.ExpiresAt)
                        .SetProperty(known => known.Reference, stored.Reference)
                        .SetProperty(known => known.Hashes, stored.Hashes)
                        .SetProperty(known => known.NextTry, stored.NextTry)
                        .SetProperty(known => known.LastError, stored.LastError)
                        .SetProperty(known => known.Receipt, stored.Receipt)
                        .SetProperty(known => known.UpdatedAt, stored.UpdatedAt),
                    cancellation);
            return changed == 1;
        });

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<TokenId>> ListTokensAsync(CancellationToken cancellation) =>
        (await ReceiptsAsync(cancellation)).SelectMany(receipt => receipt.Shares.Keys).ToHashSet();

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> ListTransactionsAsync(CancellationToken cancellation) =>
        (await ReceiptsAsync(cancellation)).Select(receipt => receipt.TransactionHash).OfType<string>()
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private Task<List<ChainReceipt>> ReceiptsAsync(CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            await using var context = EquilibrageContext.Over(database);
            var receipts = await context.ChainOperations
                .Where(row => row.AccountId == account.Value && row.Receipt != null)
                .Select(row => row.Receipt!).ToListAsync(cancellation);
            return receipts.Select(Receipt).OfType<ChainReceipt>().ToList();
        });

    private Task<OperationRow?> ReadAsync(
        Func<IQueryable<ChainOperationRow>, IQueryable<ChainOperationRow>> which, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            await using var context = EquilibrageContext.Over(database);
            var own = context.ChainOperations.Where(row => row.AccountId == account.Value);
            return await which(own).FirstOrDefaultAsync(cancellation) is { } row ? Read(row) : null;
        });

    private ChainOperationRow Stored(OperationRow row) => new()
    {
        AccountId = account.Value,
        OperationId = row.Operation.Id.Value,
        Kind = Words.Of(row.Operation.Kind),
        MarketId = row.Operation.MarketId.Value,
        PositionId = row.Operation.PositionId?.Value,
        AmountMicros = row.Operation.Amount.ToMicros,
        State = Words.Of(row.State),
        Revision = row.Revision,
        Attempts = row.Attempts,
        Nonce = row.Nonce,
        FirstBlock = row.FirstBlock,
        Payload = row.Payload,
        ExpiresAt = row.ExpiresAt?.ToUniversalTime(),
        Reference = row.Reference,
        Hashes = [.. row.Hashes],
        NextTry = row.NextTry.ToUniversalTime(),
        LastError = row.LastError,
        Receipt = row.Receipt is { } receipt ? JsonSerializer.Serialize(receipt, JournalJson.Options) : null,
        MarketTime = row.MarketTime.ToUniversalTime(),
        RecordedAt = row.RecordedAt.ToUniversalTime(),
        UpdatedAt = row.UpdatedAt.ToUniversalTime(),
    };

    private static OperationRow Read(ChainOperationRow row) => new()
    {
        Operation = new(
            new(row.OperationId), Words.Parse<ChainOperationKind>(row.Kind), new(row.MarketId),
            row.PositionId is { } position ? new PositionId(position) : null, Quantity.FromMicros(row.AmountMicros)),
        State = Words.Parse<OperationState>(row.State),
        Revision = row.Revision,
        Attempts = row.Attempts,
        Nonce = row.Nonce,
        FirstBlock = row.FirstBlock,
        Payload = row.Payload,
        ExpiresAt = row.ExpiresAt,
        Reference = row.Reference,
        Hashes = row.Hashes,
        NextTry = row.NextTry,
        LastError = row.LastError,
        Receipt = row.Receipt is { } receipt ? Receipt(receipt) : null,
        MarketTime = row.MarketTime,
        RecordedAt = row.RecordedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private static ChainReceipt? Receipt(string json) =>
        JsonSerializer.Deserialize<ChainReceipt>(json, JournalJson.Options);
}
