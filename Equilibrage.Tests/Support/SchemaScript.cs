using System.Text;
using Npgsql;

namespace Equilibrage.Tests.Support;

/// <summary>
/// Writes a database's tables, keys, checks, indices, functions and triggers as SQL, in a fixed order.
/// </summary>
internal static class SchemaScript
{
    private const string Header = """
        -- The schema as the scripts beside this file leave it, for reading. Generated: do not edit.
        -- To renew it: EQUILIBRAGE_UPDATE_SCHEMA=1 ./test.sh integration

        """;

    private const string Tables = """
        SELECT c.relname,
               string_agg(format('    %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attgenerated = 's'
                       THEN format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
                       ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END,
                   CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), E',\n' ORDER BY a.attnum)
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        GROUP BY c.relname ORDER BY c.relname COLLATE "C"
        """;

    private const string Constraints = """
        SELECT c.relname, format('    CONSTRAINT %s %s', k.conname, pg_get_constraintdef(k.oid))
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE c.relnamespace = 'public'::regnamespace AND k.contype IN ('p', 'u', 'c', 'f')
        ORDER BY c.relname COLLATE "C", position(k.contype IN 'pufc'), k.conname COLLATE "C"
        """;

    private const string Rest = """
        SELECT text FROM (
            SELECT 1 AS part, indexname::text AS name, indexdef || ';' AS text FROM pg_indexes
            WHERE schemaname = 'public'
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname AND contype IN ('p', 'u'))
            UNION ALL
            SELECT 2, proname::text, E'\n' || rtrim(pg_get_functiondef(oid), E'\n') || ';' FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT 3, tgname::text, E'\n' || pg_get_triggerdef(oid) || ';' FROM pg_trigger WHERE NOT tgisinternal
        ) AS parts ORDER BY part, name COLLATE "C"
        """;

    /// <summary>The whole script, ending with a line end.</summary>
    public static async Task<string> GenerateAsync(NpgsqlDataSource database)
    {
        var constraints = (await ReadAsync(database, Constraints)).ToLookup(row => row[0], row => row[1]);
        var text = new StringBuilder(Header).Append('\n');
        foreach (var table in await ReadAsync(database, Tables))
        {
            var lines = new[] { table[1] }.Concat(constraints[table[0]]);
            text.Append("CREATE TABLE ").Append(table[0]).Append(" (\n")
                .AppendJoin(",\n", lines).Append("\n);\n\n");
        }

        foreach (var row in await ReadAsync(database, Rest))
            text.Append(row[0].Replace("public.", "", StringComparison.Ordinal)).Append('\n');
        return text.ToString();
    }

    private static async Task<List<string[]>> ReadAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
