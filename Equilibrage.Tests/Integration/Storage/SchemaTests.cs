using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Migrations;
using Equilibrage.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Equilibrage.Tests.Integration.Storage;

[Trait("Tier", "Integration")]
public sealed class SchemaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string UpdateVariable = "EQUILIBRAGE_UPDATE_SCHEMA";

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(nameof(SchemaTests));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task SchemaFile_IsWhatTheScriptsMake()
    {
        var path = SourceTree.PathOf("migrations/schema.sql");
        var schema = await SchemaScript.GenerateAsync(_database.Source);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            await File.WriteAllTextAsync(path, schema);

        var isCurrent = File.Exists(path) && await File.ReadAllTextAsync(path) == schema;
        Assert.True(isCurrent, $"migrations/schema.sql is stale. Renew it: {UpdateVariable}=1 ./test.sh integration");
    }

    [Fact]
    public void Scripts_InTheFolder_AreNumberedWithoutGapsAndEmbedded()
    {
        var files = SourceTree.Under("migrations", ".sql").Select(file => file.Name).Where(name => name != "schema.sql")
            .Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(files, MigrationScript.Embedded().Select(script => script.FileName));
        Assert.Equal(Enumerable.Range(1, files.Length), MigrationScript.Embedded().Select(script => script.Number));
    }

    [Fact]
    public async Task Model_Columns_AreTheColumnsOfTheSchema()
    {
        const string Sql = """
            SELECT format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'schema_migrations'
            """;
        var inModel = Model().GetEntityTypes().SelectMany(entity => entity.GetProperties(), (entity, property) =>
            $"{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()}"
            + (property.IsNullable ? "" : " NOT NULL"));

        await AssertSameAsync(Sql, inModel);
    }

    [Fact]
    public async Task Model_Keys_AreTheKeysOfTheSchema()
    {
        const string Sql = """
            SELECT format('%s %s', k.conrelid::regclass, pg_get_constraintdef(k.oid)) FROM pg_constraint k
            WHERE k.contype IN ('p', 'f') AND k.connamespace = 'public'::regnamespace
              AND k.conrelid <> 'schema_migrations'::regclass
            """;
        var primary = Model().GetEntityTypes().Select(entity =>
            $"{entity.GetTableName()} PRIMARY KEY ({Columns(entity.FindPrimaryKey()!.Properties)})");
        var foreign = Model().GetEntityTypes().SelectMany(entity => entity.GetForeignKeys(), (entity, key) =>
            $"{entity.GetTableName()} FOREIGN KEY ({Columns(key.Properties)}) "
            + $"REFERENCES {key.PrincipalEntityType.GetTableName()}({Columns(key.PrincipalKey.Properties)})");

        await AssertSameAsync(Sql, primary.Concat(foreign));
    }

    private async Task AssertSameAsync(string sql, IEnumerable<string> inModel)
    {
        var inSchema = new List<string>();
        await using var command = _database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            inSchema.Add(reader.GetString(0));
        Assert.Equal(inSchema.Order(StringComparer.Ordinal), inModel.Order(StringComparer.Ordinal));
    }

    private IModel Model()
    {
        using var context = new EquilibrageContext(
            new DbContextOptionsBuilder<EquilibrageContext>().UseNpgsql(_database.Source).Options);
        return context.Model;
    }

    private static string Columns(IEnumerable<IProperty> properties) =>
        string.Join(", ", properties.Select(property => property.GetColumnName()));
}
