using System.Net.Sockets;
using Equilibrage.Core.Ports;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>Tells a database that is away from a mistake of ours, which asking again cannot mend.</summary>
internal static class StorageFailure
{
    // Classes of SQLSTATE: malformed data, broken integrity, wrong statements.
    private static readonly string[] OurMistakes = ["22", "23", "42"];

    // Raised by the function require_lease of the schema.
    private const string LeaseIsOver = "EQ001";

    /// <summary>Runs something against the database.</summary>
    /// <exception cref="JournalUnavailableException">The database is away; a write may have been done.</exception>
    /// <exception cref="InvalidOperationException">The database refused what breaks an invariant.</exception>
    /// <exception cref="LeadershipLostException">Another process leads the account; nothing was written.</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (PostgresException error) when (error.SqlState == LeaseIsOver)
        {
            throw new LeadershipLostException($"Nothing was written: {error.MessageText}.", error);
        }
        catch (PostgresException error) when (IsOurMistake(error))
        {
            throw new InvalidOperationException($"The database refused a write: {error.MessageText}", error);
        }
        catch (Exception error) when (IsAway(error))
        {
            throw new JournalUnavailableException($"The database does not serve: {error.Message}", error);
        }
    }

    private static bool IsOurMistake(PostgresException error) =>
        OurMistakes.Any(kind => error.SqlState.StartsWith(kind, StringComparison.Ordinal));

    private static bool IsAway(Exception error) => error
        is NpgsqlException or TimeoutException or IOException or SocketException
        or InvalidOperationException { InnerException: NpgsqlException or TimeoutException };
}
