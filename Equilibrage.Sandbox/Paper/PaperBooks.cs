using System.Text.Json;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation.Paper;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Sandbox.Paper;

/// <summary>
/// What the paper account's record says of it, for an outside check that somebody's own books equal it. Reads the
/// table directly and needs no running venue.
/// </summary>
/// <param name="Account">Cash, shares and resting orders.</param>
/// <param name="Fills">All executions ever, oldest first.</param>
public sealed record PaperBooks(VenueAccount Account, IReadOnlyList<Fill> Fills)
{
    /// <summary>Reads and folds the facts of an account.</summary>
    /// <exception cref="InvalidOperationException">A fact does not fit the ones before it.</exception>
    public static async Task<PaperBooks> ReadAsync(
        NpgsqlDataSource database, AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        var (folded, fills) = (new PaperAccount(), new List<Fill>());
        await using var command = database.CreateCommand(
            "SELECT fact FROM paper.facts WHERE account = $1 ORDER BY sequence");
        command.Parameters.Add(new() { Value = account.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var fact = JsonSerializer.Deserialize<PaperFact>(reader.GetString(0), JournalJson.Options)
                ?? throw new InvalidOperationException("A fact of the paper account's record is empty.");
            folded.Apply(fact);
            if (fact is PaperFact.Ordered ordered)
                fills.AddRange(ordered.Fills);
            else if (fact is PaperFact.Filled filled)
                fills.Add(filled.Fill);
        }

        return new(folded.View(), fills);
    }
}
