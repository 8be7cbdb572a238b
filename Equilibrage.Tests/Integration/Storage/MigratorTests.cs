using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Migrations;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class MigratorTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly MigrationScript First = new(1, "first", "CREATE TABLE first (id integer)");
    private static readonly MigrationScript Second = new(2, "second", "CREATE TABLE second (id integer)");

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() =>
        _database = await postgres.CreateDatabaseAsync(nameof(MigratorTests), isMigrated: false);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Apply_EmptyDatabase_RunsEachScriptOnce()
    {
        Assert.Equal(["001.first.sql", "002.second.sql"], await ApplyAsync(First, Second));
        Assert.Empty(await ApplyAsync(First, Second));
        Assert.Equal(2L, await _database.ReadAsync<long>("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task Apply_EmbeddedScripts_RunInAnEmptyDatabase()
    {
        var scripts = MigrationScript.Embedded();

        var applied = await new Migrator(_database.Source).ApplyAsync(CancellationToken.None);

        Assert.NotEmpty(applied);
        Assert.Equal(scripts.Select(script => script.FileName), applied);
    }

    [Fact]
    public async Task Apply_EditedScript_IsRefused()
    {
        await ApplyAsync(First, Second);

        var refusal = await RefusalAsync(First with { Sql = "CREATE TABLE first (id bigint)" }, Second);

        Assert.Contains("001.first.sql differs", refusal, StringComparison.Ordinal);
        Assert.Contains("make a new script", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ScriptWithOtherLineEnds_IsTheSameScript()
    {
        var unix = First with { Sql = "CREATE TABLE first\n(id integer)" };
        await ApplyAsync(unix);

        Assert.Empty(await ApplyAsync(unix with { Sql = "CREATE TABLE first\r\n(id integer)" }));
    }

    [Fact]
    public async Task Apply_DatabaseOfANewerVersion_IsRefused()
    {
        await ApplyAsync(First, Second);

        var refusal = await RefusalAsync(First);

        Assert.Contains("002.second, which this version does not know", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_GapInTheScripts_IsRefusedBeforeAnythingRuns()
    {
        var refusal = await RefusalAsync(First, new MigrationScript(3, "third", "SELECT 1"));

        Assert.Contains("Migration 002 is missing", refusal, StringComparison.Ordinal);
        Assert.False(await _database.ReadAsync<bool>("SELECT to_regclass('first') IS NOT NULL"));
    }

    [Fact]
    public async Task Apply_GapInTheDatabase_IsRefused()
    {
        await ApplyAsync(First, Second);
        await _database.ExecuteAsync("DELETE FROM schema_migrations WHERE number = 1");

        Assert.Contains("lacks migration 001", await RefusalAsync(First, Second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_FailingScript_LeavesTheDatabaseAsBeforeIt()
    {
        var broken = new MigrationScript(2, "second", "CREATE TABLE second (id integer); SELECT 1 / 0");

        var refusal = await RefusalAsync(First, broken);

        Assert.Contains("002.second.sql failed and was undone: division by zero", refusal, StringComparison.Ordinal);
        Assert.True(await _database.ReadAsync<bool>("SELECT to_regclass('first') IS NOT NULL"));
        Assert.False(await _database.ReadAsync<bool>("SELECT to_regclass('second') IS NOT NULL"));
        Assert.Equal(["002.second.sql"], await ApplyAsync(First, Second));
    }

    [Fact]
    public async Task Apply_FromManyAtOnce_RunsEachScriptOnce()
    {
        var slow = First with { Sql = "CREATE TABLE first (id integer); SELECT pg_sleep(0.2)" };

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApplyAsync(slow, Second)));

        Assert.Equal(["001.first.sql", "002.second.sql"], runs.SelectMany(run => run));
    }

    [Theory]
    [InlineData("1.first.sql")]
    [InlineData("001-first.sql")]
    [InlineData("001.First Step.sql")]
    public void Parse_OddFileName_IsRefused(string name) =>
        Assert.Contains("NNN.name.sql", Assert.Throws<StorageException>(() => MigrationScript.Parse(name, "")).Message,
            StringComparison.Ordinal);

    private Task<IReadOnlyList<string>> ApplyAsync(params MigrationScript[] scripts) =>
        new Migrator(_database.Source, scripts).ApplyAsync(CancellationToken.None);

    private async Task<string> RefusalAsync(params MigrationScript[] scripts) =>
        (await Assert.ThrowsAsync<StorageException>(() => ApplyAsync(scripts))).Message;
}
