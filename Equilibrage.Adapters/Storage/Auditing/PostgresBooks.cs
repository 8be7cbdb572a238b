using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Equilibrage.Adapters.Storage.Writing;
using Equilibrage.Core.Audit;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Equilibrage.Adapters.Storage.Auditing;

/// <summary>
/// Reads everything that an audit compares, table by table as it stands there, in one snapshot that writes nothing and
/// that no writer waits for.
/// </summary>
internal sealed class PostgresBooks(NpgsqlDataSource database) : IBookSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredBooks> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var account in await StorageFailure.GuardAsync(() => AccountsAsync(cancellation)))
            yield return await StorageFailure.GuardAsync(() => BooksAsync(account, cancellation));
    }

    private async Task<List<string>> AccountsAsync(CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        return await context.Accounts.OrderBy(row => row.AccountId).Select(row => row.AccountId)
            .ToListAsync(cancellation);
    }

    private async Task<StoredBooks> BooksAsync(string account, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        await using var snapshot = await context.Database.BeginTransactionAsync(
            IsolationLevel.RepeatableRead, cancellation);
        var fold = new JournalFold(new AccountId(account));
        await foreach (var row in context.Journal.Where(row => row.AccountId == account)
            .OrderBy(row => row.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            try
            {
                fold.Add(JournalRows.Read(row));
            }
            catch (InvalidOperationException error)
            {
                fold.AddUnreadable(row.Sequence, error.Message);
            }
        }

        var connection = context.Database.GetDbConnection();
        var rows = new Dictionary<string, IReadOnlyList<StoredRow>>();
        foreach (var table in AuditTable.All)
            rows[table.Name] = await RowsAsync(connection, snapshot, table, account, cancellation);
        return new StoredBooks(new AccountId(account), fold, rows);
    }

    private static async Task<List<StoredRow>> RowsAsync(
        DbConnection connection, IDbContextTransaction snapshot, AuditTable table, string account,
        CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = snapshot.GetDbTransaction();
        command.CommandText = $"SELECT * FROM {table.Name} WHERE account_id = $1";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = account });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var values = new Dictionary<string, object?>(reader.FieldCount);
            for (var at = 0; at < reader.FieldCount; at++)
                values[reader.GetName(at)] = Value(reader.GetValue(at));
            rows.Add(new StoredRow(table.KeyOf(values), values));
        }

        return rows;
    }

    private static object? Value(object value) => value switch
    {
        DBNull => null,
        int number => (long)number,
        DateTime time => new DateTimeOffset(time),
        _ => value,
    };
}
