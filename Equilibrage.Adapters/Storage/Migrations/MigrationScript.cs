using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Equilibrage.Adapters.Storage.Migrations;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Number">Its place, from 1 without gaps.</param>
/// <param name="Name">The rest of its file name.</param>
/// <param name="Sql">What it does.</param>
internal sealed partial record MigrationScript(int Number, string Name, string Sql)
{
    private const string Folder = "migrations/";

    /// <summary>Its file name.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Number:000}.{Name}.sql");

    /// <summary>SHA-256 of the text, the same whatever line ends a checkout gave it.</summary>
    public string Checksum =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The scripts of this build, in order.</summary>
    public static IReadOnlyList<MigrationScript> Embedded()
    {
        var assembly = typeof(MigrationScript).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Select(name => Parse(name[Folder.Length..], Read(assembly, name)))
                .OrderBy(script => script.Number),
        ];
    }

    /// <summary>Makes a script of a file's name and text.</summary>
    /// <exception cref="StorageException">The name is not NNN.name.sql.</exception>
    public static MigrationScript Parse(string fileName, string sql)
    {
        var parts = FileNameParts().Match(fileName);
        if (!parts.Success)
            throw new StorageException($"Migration script {fileName}: name it NNN.name.sql, such as 002.alerts.sql.");
        var number = int.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture);
        return new MigrationScript(number, parts.Groups[2].Value, sql);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^(\d{3})\.([a-z0-9-]+)\.sql$")]
    private static partial Regex FileNameParts();
}
