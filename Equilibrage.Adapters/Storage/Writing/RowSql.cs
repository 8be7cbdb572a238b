using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>
/// Statements for one kind of row, made once from the model. The journal's transaction is sent as one batch in one
/// round trip, which change tracking cannot do.
/// </summary>
internal sealed class RowSql<TRow>
    where TRow : class
{
    private readonly IReadOnlyList<IProperty> _properties;
    private readonly IReadOnlyList<NpgsqlDbType> _types;
    private readonly string _insert;
    private readonly string _upsert;
    private readonly string _insertAll;
    private readonly string _copy;

    private RowSql()
    {
        using var context = new EquilibrageContext(
            new DbContextOptionsBuilder<EquilibrageContext>().UseNpgsql().Options);
        var entity = context.Model.FindEntityType(typeof(TRow))!;
        _properties =
        [
            .. entity.GetProperties().Where(property => !property.ValueGenerated.HasFlag(ValueGenerated.OnAdd)),
        ];
        _types = [.. _properties.Select(property => TypeOf(property.GetColumnType()))];

        var table = entity.GetTableName();
        var columns = string.Join(", ", _properties.Select(property => property.GetColumnName()));
        var places = string.Join(", ", _properties.Select(
            (_, index) => string.Create(CultureInfo.InvariantCulture, $"${index + 1}")));
        var keys = entity.FindPrimaryKey()!.Properties;
        var changes = _properties.Except(keys)
            .Select(property => property.GetColumnName()).Select(column => $"{column} = EXCLUDED.{column}");
        _insert = $"INSERT INTO {table} ({columns}) VALUES ({places})";
        _upsert = $"{_insert} ON CONFLICT ({string.Join(", ", keys.Select(key => key.GetColumnName()))}) "
            + $"DO UPDATE SET {string.Join(", ", changes)}";
        var names = _properties.Select(property => property.GetColumnName()).ToList();
        var values = names.Zip(_types, (name, type) => type == NpgsqlDbType.Jsonb ? $"{name}::jsonb" : name);
        var arrays = _types.Select((type, index) => string.Create(
            CultureInfo.InvariantCulture, $"${index + 1}::{ArrayOf(type)}"));
        _insertAll = $"INSERT INTO {table} ({columns}) SELECT {string.Join(", ", values)} "
            + $"FROM unnest({string.Join(", ", arrays)}) AS given ({columns})";
        _copy = $"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)";
    }

    /// <summary>The statements of this kind of row.</summary>
    public static RowSql<TRow> Instance { get; } = new();

    /// <summary>Adds a new row.</summary>
    public NpgsqlBatchCommand Insert(TRow row) => Fill(new NpgsqlBatchCommand(_insert), row);

    /// <summary>Adds several new rows with one statement.</summary>
    public NpgsqlBatchCommand InsertAll(IReadOnlyList<TRow> rows)
    {
        if (rows is [var only])
            return Insert(only);
        var command = new NpgsqlBatchCommand(_insertAll);
        for (var index = 0; index < _properties.Count; index++)
            command.Parameters.Add(Column(rows, index));
        return command;
    }

    /// <summary>Adds a row, or replaces the one with the same key.</summary>
    public NpgsqlBatchCommand Upsert(TRow row) => Fill(new NpgsqlBatchCommand(_upsert), row);

    /// <summary>Adds many new rows fast.</summary>
    public async Task CopyAsync(NpgsqlConnection connection, IEnumerable<TRow> rows, CancellationToken cancellation)
    {
        await using var import = await connection.BeginBinaryImportAsync(_copy, cancellation);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellation);
            for (var index = 0; index < _properties.Count; index++)
            {
                if (ValueOf(row, index) is { } value)
                    await import.WriteAsync(value, _types[index], cancellation);
                else
                    await import.WriteNullAsync(cancellation);
            }
        }

        await import.CompleteAsync(cancellation);
    }

    private NpgsqlBatchCommand Fill(NpgsqlBatchCommand command, TRow row)
    {
        for (var index = 0; index < _properties.Count; index++)
        {
            command.Parameters.Add(
                new NpgsqlParameter { Value = ValueOf(row, index) ?? DBNull.Value, NpgsqlDbType = _types[index] });
        }

        return command;
    }

    private NpgsqlParameter Column(IReadOnlyList<TRow> rows, int index)
    {
        var type = _types[index] == NpgsqlDbType.Jsonb ? NpgsqlDbType.Text : _types[index];
        Array values = type switch
        {
            NpgsqlDbType.Text => new string?[rows.Count],
            NpgsqlDbType.Bigint => new long?[rows.Count],
            NpgsqlDbType.Integer => new int?[rows.Count],
            NpgsqlDbType.Boolean => new bool?[rows.Count],
            _ => new DateTimeOffset?[rows.Count],
        };
        for (var row = 0; row < rows.Count; row++)
            values.SetValue(ValueOf(rows[row], index), row);
        return new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private static string ArrayOf(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Text or NpgsqlDbType.Jsonb => "text[]",
        NpgsqlDbType.TimestampTz => "timestamptz[]",
        _ => $"{type.ToString().ToLowerInvariant()}[]",
    };

    private object? ValueOf(TRow row, int index)
    {
        var value = _properties[index].GetGetter().GetClrValue(row);
        return value is DateTimeOffset time ? time.ToUniversalTime() : value;
    }

    private static NpgsqlDbType TypeOf(string columnType) => columnType switch
    {
        "text" => NpgsqlDbType.Text,
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "boolean" => NpgsqlDbType.Boolean,
        "jsonb" => NpgsqlDbType.Jsonb,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        _ => throw new NotSupportedException($"Rows hold no column of type {columnType}."),
    };
}
