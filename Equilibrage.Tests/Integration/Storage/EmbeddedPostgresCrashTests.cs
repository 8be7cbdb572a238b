using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Server;
using Equilibrage.Tests.Support;
using Npgsql;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class EmbeddedPostgresCrashTests : IDisposable
{
    private readonly ServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ServerKilled_WhileTheOwnerLives_IsStartedAgainAndCounted()
    {
        await using var database = await DatabaseSource.StartEmbeddedAsync(
            _folder.Options(isDurable: true), CancellationToken.None);
        await ExecuteAsync(database, "CREATE TABLE kept (id integer)");
        var pid = (int)await ReadAsync(database, PostmasterPid);
        var states = new List<DatabaseState>();
        database.Changed += (_, _) => states.Add(database.Status.State);

        Posix.Signal(pid, Posix.Kill);
        await Eventually.TrueAsync(() => states.Contains(DatabaseState.Running));

        Assert.Equal([DatabaseState.Restarting, DatabaseState.Running], states);
        Assert.Equal(1, database.Status.CrashCount);
        await ExecuteAsync(database, "INSERT INTO kept VALUES (1)");
        Assert.NotEqual(pid, (int)await ReadAsync(database, PostmasterPid));
    }

    [Fact]
    public async Task OwnerKilled_NextStart_AdoptsTheServerThatStillRuns()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        await owner.KillAsync();
        Assert.NotNull(ProcessIdentity.Of(owner.ServerPid));

        await using var server = await StartAsync();

        Assert.Equal(owner.ServerPid, server.Pid);
        Assert.Equal(DatabaseState.Running, server.Status.State);
    }

    [Fact]
    public async Task OwnerKilled_ItsServerRuns_TheFolderIsFree()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        Assert.False(DataFolderLock.IsFree(_folder.Data));

        await owner.KillAsync();

        Assert.NotNull(ProcessIdentity.Of(owner.ServerPid));
        Assert.True(DataFolderLock.IsFree(_folder.Data));
        await using var server = await StartAsync();
    }

    [Fact]
    public async Task OwnerKilled_ItsOpenTransaction_IsOverBeforeTheNextStartReads()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        var file = PostmasterFile.Read(Path.Combine(HomeOf(), "cluster"))!;
        var password = (await File.ReadAllTextAsync(Path.Combine(HomeOf(), "password"))).Trim();
        await using var old = new NpgsqlConnection(
            $"Host={file.SocketFolder};Username=equilibrage;Password={password};Database=equilibrage;Pooling=false");
        await old.OpenAsync();
        await using var begin = new NpgsqlCommand("BEGIN; CREATE TABLE half_done (id integer)", old);
        await begin.ExecuteNonQueryAsync();
        await owner.KillAsync();

        await using var server = await StartAsync();

        await using var commit = new NpgsqlCommand("COMMIT", old);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => commit.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task OwnerAndServerKilled_NextStart_RecoversTheCluster()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        await owner.KillAsync();
        Posix.Signal(owner.ServerPid, Posix.Kill);

        await using var server = await StartAsync();

        Assert.NotEqual(owner.ServerPid, server.Pid);
        Assert.Equal(DatabaseState.Running, server.Status.State);
    }

    [Fact]
    public async Task ServerKilled_AfterItsOwnerAdoptedIt_IsStartedAgain()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        await owner.KillAsync();
        await using var server = await StartAsync();

        Posix.Signal(owner.ServerPid, Posix.Kill);
        await Eventually.TrueAsync(() => server.Status is { State: DatabaseState.Running, CrashCount: 1 });

        Assert.NotEqual(owner.ServerPid, server.Pid);
    }

    [Fact]
    public async Task DataFolderDeleted_WhileItsServerRan_BeginsAnew()
    {
        using var owner = await DatabaseOwner.StartAsync(_folder);
        await owner.KillAsync();
        Directory.Delete(_folder.Data, recursive: true);

        await using var server = await StartAsync();

        Assert.NotEqual(owner.ServerPid, server.Pid);
        await Eventually.TrueAsync(() => ProcessIdentity.Of(owner.ServerPid) is null);
    }

    [Fact]
    public async Task OrdinaryUser_OwnsItsServerInsideTheDataFolder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can become another user");
        var nobody = ServerAccount.Named("nobody");
        nobody.Own(_folder.Path);

        using var owner = await DatabaseOwner.StartAsync(_folder, "nobody");

        Assert.True(File.Exists(Path.Combine(_folder.Data, "postgres", "cluster", "PG_VERSION")));
        await owner.StopAsync();
        Assert.Null(ProcessIdentity.Of(owner.ServerPid));
    }

    private const string PostmasterPid =
        "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::integer";

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(_folder.Options(), CancellationToken.None);

    private string HomeOf() => Environment.IsPrivilegedProcess
        ? Directory.GetDirectories(_folder.SystemFolder).Single(folder => Path.Exists(Path.Combine(folder, "cluster")))
        : Path.Combine(_folder.Data, "postgres");

    private static async Task ExecuteAsync(DatabaseSource database, string sql)
    {
        await using var command = database.Connections.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object> ReadAsync(DatabaseSource database, string sql)
    {
        await using var command = database.Connections.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }
}
