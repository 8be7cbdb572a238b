using System.Text.Json.Nodes;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_EveryOperation_IsDescribed()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.GetAsync("/openapi/v1.json");
        Assert.Equal(200, answer.Status);
        var paths = answer.Body["paths"]!.AsObject();
        Assert.True(paths.Count >= 14, $"{paths.Count} paths");
        Assert.DoesNotContain("/api/dashboard/overview", paths.Select(path => path.Key));
        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["summary"] is not null, $"{method} {path} has no summary");
                Assert.True(operation["operationId"] is not null, $"{method} {path} has no operation id");
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                    Assert.True(parameter!["description"] is not null, $"{method} {path} {parameter["name"]}");
            }
        }
    }

    [Fact]
    public async Task Document_MoneyIdsAndTimes_HaveTheirWireTypes()
    {
        await using var host = await ApiHost.StartAsync();
        var schemas = (await host.GetAsync("/openapi/v1.json")).Body["components"]!["schemas"]!;
        var overview = schemas["OverviewView"]!["properties"]!;
        Assert.Equal("number", TypeOf(overview["equity"]!, schemas));
        Assert.Equal("Cash plus holdings.", (string?)overview["equity"]!["description"]);
        Assert.Equal("date-time", (string?)Resolve(overview["marketTime"]!, schemas)["format"]);
        var position = schemas["PositionView"]!["properties"]!;
        Assert.Equal("string", TypeOf(position["id"]!, schemas));
        var statuses = Resolve(position["status"]!, schemas)["enum"]!.AsArray();
        Assert.Equal(["active", "liquidated", "closed"], statuses.Select(word => (string?)word));
    }

    [Fact]
    public async Task Document_Bodies_HaveSchemasAndExamples()
    {
        await using var host = await ApiHost.StartAsync();
        var paths = (await host.GetAsync("/openapi/v1.json")).Body["paths"]!;
        var enter = paths["/api/positions"]!["post"]!["requestBody"]!["content"]!["application/json"]!;
        Assert.Equal(100, (int)enter["example"]!["capitalAmount"]!);
        var change = paths["/api/config"]!["put"]!["requestBody"]!["content"]!["application/json"]!;
        Assert.Equal("1", change["schema"]!["properties"]!["maxPositions"]!["minimum"]!.ToJsonString());
        var parameters = paths["/api/positions"]!["get"]!["parameters"]!.AsArray();
        var limit = parameters.Single(parameter => (string?)parameter!["name"] == "limit")!;
        Assert.Equal((100, 1000), ((int)limit["schema"]!["default"]!, (int)limit["schema"]!["maximum"]!));
    }

    private static JsonNode Resolve(JsonNode schema, JsonNode schemas) =>
        (string?)schema["$ref"] is { } reference ? schemas[reference[(reference.LastIndexOf('/') + 1)..]]! : schema;

    private static string? TypeOf(JsonNode schema, JsonNode schemas) => (string?)Resolve(schema, schemas)["type"];
}
