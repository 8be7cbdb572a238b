using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation.Paper;
using Equilibrage.Core.State;
using Equilibrage.Sandbox.Record;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Sandbox.Paper;

/// <summary>The paper account's facts in PostgreSQL, in a schema of their own. One writer at a time.</summary>
internal sealed class PaperRecord(NpgsqlDataSource database, AccountId account)
{
    private long sequence;

    /// <summary>Makes the schema where it is missing and reads all facts, oldest first.</summary>
    /// <exception cref="UniverseMismatchException">The record was made by another version.</exception>
    public async Task<IReadOnlyList<PaperFact>> OpenAsync(CancellationToken cancellation)
    {
        await OwnedSchema.PrepareAsync(
            database, "paper", "paper/001.paper.sql", "The paper account's record", cancellation);
        var facts = new List<PaperFact>();
        await using var command = database.CreateCommand(
            "SELECT sequence, fact FROM paper.facts WHERE account = $1 ORDER BY sequence");
        command.Parameters.Add(new() { Value = account.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            sequence = reader.GetInt64(0);
            facts.Add(JsonSerializer.Deserialize<PaperFact>(reader.GetString(1), JournalJson.Options)
                ?? throw new UniverseMismatchException($"Fact {sequence} of the paper account's record is empty."));
        }

        return facts;
    }

    /// <summary>Writes facts in one transaction; durable when it returns.</summary>
    public async Task AppendAsync(IReadOnlyList<PaperFact> facts, CancellationToken cancellation)
    {
        if (facts.Count == 0)
            return;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < facts.Count; i++)
        {
            var command = new NpgsqlBatchCommand(
                "INSERT INTO paper.facts (account, sequence, fact) VALUES ($1, $2, $3)");
            command.Parameters.Add(new() { Value = account.Value });
            command.Parameters.Add(new() { Value = sequence + i + 1 });
            command.Parameters.Add(new()
            {
                Value = JsonSerializer.Serialize(facts[i], JournalJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb,
            });
            batch.BatchCommands.Add(command);
        }

        // A batch without an explicit transaction is one implicit transaction.
        await batch.ExecuteNonQueryAsync(cancellation);
        sequence += facts.Count;
    }
}
