using System.Globalization;
using System.Text;
using Equilibrage.Adapters.Storage.Migrations;
using Equilibrage.Adapters.Storage.Server;
using Equilibrage.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Equilibrage.Tests.Support;

/// <summary>
/// One real PostgreSQL server for the whole test run, with durability off. It starts with the first database that a
/// test asks for; take the fixture as a constructor parameter of the test class.
/// </summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private const string Template = "migrated";
    private const int LongestName = 50;

    private readonly SemaphoreSlim _creating = new(1);
    private ServerFolder? _folder;
    private EmbeddedPostgres? _server;
    private int _count;

    /// <summary>Creates a fresh database, by default with the whole schema.</summary>
    /// <param name="name">Name of the test (class); it becomes a part of the database's name.</param>
    /// <param name="isMigrated">False for an empty database.</param>
    public async Task<TestDatabase> CreateDatabaseAsync(string name, bool isMigrated = true)
    {
        await _creating.WaitAsync();
        try
        {
            var server = _server ??= await StartAsync();
            await using var connection = await OpenAsync(server);
            var database = string.Create(CultureInfo.InvariantCulture, $"{Identifier(name)}_{++_count}");
            var template = isMigrated ? Template : "template1";
            await ExecuteAsync(connection, $"CREATE DATABASE {database} TEMPLATE {template}");
            return new TestDatabase(server.ConnectionStringTo(database));
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _creating.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder?.Dispose();
    }

    private async Task<EmbeddedPostgres> StartAsync()
    {
        _folder = new ServerFolder();
        var server = await EmbeddedPostgres.StartAsync(_folder.Options(), CancellationToken.None);
        await CreateTemplateAsync(server);
        return server;
    }

    private static async Task CreateTemplateAsync(EmbeddedPostgres server)
    {
        await using var connection = await OpenAsync(server);
        await ExecuteAsync(connection, $"CREATE DATABASE {Template}");
        await using var database = NpgsqlDataSource.Create(Unpooled(server.ConnectionStringTo(Template)));
        await new Migrator(database).ApplyAsync(CancellationToken.None);
    }

    private static async Task<NpgsqlConnection> OpenAsync(EmbeddedPostgres server)
    {
        var connection = new NpgsqlConnection(Unpooled(server.ConnectionStringTo("postgres")));
        await connection.OpenAsync();
        return connection;
    }

    private static string Unpooled(string connectionString) => $"{connectionString};Pooling=false";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Identifier(string name)
    {
        var text = new StringBuilder("t_");
        foreach (var letter in name.Take(LongestName))
            text.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_');
        return text.ToString();
    }
}

/// <summary>A database of one test (class).</summary>
/// <param name="connectionString">How to reach it.</param>
public sealed class TestDatabase(string connectionString) : IAsyncDisposable
{
    /// <summary>How to reach it, as an operator would write it.</summary>
    public string ConnectionString { get; } = connectionString;

    /// <summary>Where connections come from.</summary>
    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create($"{connectionString};Maximum Pool Size=5");

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value.</summary>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
