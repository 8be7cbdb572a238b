using Equilibrage.Core.Orders;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class ApiDocsTests
{
    private static readonly string Page = SourceTree.File("docs/api.md").Text;

    [Fact]
    public async Task Page_EveryServedAddress_IsNamed()
    {
        await using var host = await ApiHost.StartAsync();
        var paths = (await host.GetAsync("/openapi/v1.json")).Body["paths"]!.AsObject().Select(path => path.Key);
        Assert.All(paths, path => Assert.Contains(path, Page, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_EveryRule_IsNamed() =>
        Assert.All(DenyReasons.All, reason => Assert.Contains($"`{reason.Code()}`", Page, StringComparison.Ordinal));
}
