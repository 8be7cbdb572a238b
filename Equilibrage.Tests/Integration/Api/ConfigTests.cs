using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class ConfigTests
{
    [Fact]
    public async Task Config_Read_IsFlatAndWhole()
    {
        await using var host = await ApiHost.StartAsync();
        var body = (await host.GetAsync("/api/config")).Body.AsObject();
        Assert.Equal(SettingsCatalog.All.Select(setting => setting.Key), body.Select(field => field.Key));
        Assert.Equal("10", body["capitalAllocationPercent"]!.ToJsonString());
        Assert.Equal("false", body["entriesPaused"]!.ToJsonString());
    }

    [Fact]
    public async Task Schema_EvenWhileRecovering_ListsRangesAndDefaults()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Show(Core.Projections.DeskView.Empty);
        var body = (await host.GetAsync("/api/config/schema")).Body;
        Assert.Equal(SettingsCatalog.All.Count, (int)body["total"]!);
        var slots = body["items"]!.AsArray().Single(item => (string?)item!["key"] == "maxPositions")!;
        Assert.Equal((1, 10, 3), ((int)slots["min"]!, (int)slots["max"]!, (int)slots["default"]!));
    }

    [Fact]
    public async Task Config_PartlyChanged_AnswersWithAllAndKeepsTheRest()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PutAsync("/api/config", """{"maxPositions":5,"entriesPaused":true}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(5, (int)answer.Body["maxPositions"]!);
        Assert.True((bool)answer.Body["entriesPaused"]!);
        Assert.Equal(6, (int)answer.Body["opportunityThreshold"]!);
        var sent = Assert.IsType<OperatorCommand.Configure>(Assert.Single(host.Desk.Commands)).Settings;
        Assert.Equal(new TradingSettings { MaxPositions = 5, EntriesPaused = true }, sent);
    }

    [Fact]
    public async Task Config_ByTheOldNames_ChangesBothLegs()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PutAsync(
            "/api/config",
            """
            {
              "stop_loss": 20, "take_profit": 50, "capital_allocation_percent": 25, "max_positions": 2,
              "opportunity_threshold": 8
            }
            """);
        Assert.Equal(200, answer.Status);
        Assert.Equal((20, 20), ((int)answer.Body["stopLossYesPercent"]!, (int)answer.Body["stopLossNoPercent"]!));
        Assert.Equal((50, 50), ((int)answer.Body["takeProfitYesPercent"]!, (int)answer.Body["takeProfitNoPercent"]!));
        Assert.Equal((25, 2, 8), (
            (int)answer.Body["capitalAllocationPercent"]!, (int)answer.Body["maxPositions"]!,
            (int)answer.Body["opportunityThreshold"]!));
    }

    [Theory]
    [InlineData("""{"maxPositions":11}""", "maxPositions", "between 1 and 10")]
    [InlineData("""{"maxPositions":2.5}""", "maxPositions", "multiple of 1")]
    [InlineData("""{"maxPositions":"3"}""", "maxPositions", "number")]
    [InlineData("""{"entriesPaused":"yes"}""", "entriesPaused", "true or false")]
    [InlineData("""{"slots":3}""", "slots", "maxPositions")]
    [InlineData("""{"MaxPositions":3}""", "MaxPositions", "maxPositions")]
    [InlineData("""{"minAsk":0.65,"maxPositions":4}""", "maxAsk", "above minAsk")]
    [InlineData(
        """{"weightLiquidity":0,"weightVolatility":0,"weightWhale":0,"weightNews":0}""", "weightLiquidity", "above 0")]
    public async Task Config_BadValue_ChangesNothingAndSaysWhatIsAllowed(string json, string field, string allowed)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PutAsync("/api/config", json);
        Assert.Equal(400, answer.Status);
        Assert.Contains(allowed, (string?)answer.Body["errors"]![field]![0]);
        Assert.Empty(host.Desk.Commands);
    }

    [Fact]
    public async Task Config_TwoChangesAtOnce_LosesNeither()
    {
        await using var host = await ApiHost.StartAsync();
        var answers = await Task.WhenAll(
            host.PutAsync("/api/config", """{"maxPositions":5}"""),
            host.PutAsync("/api/config", """{"scanSeconds":600}"""));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal((5, 600), (host.Desk.Current.Settings.MaxPositions, host.Desk.Current.Settings.ScanSeconds));
    }

    [Fact]
    public async Task Wallet_InPractice_Is501AndSaysWhy()
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await host.PostAsync("/api/config/wallet", """{"privateKey":"0x01"}""");
        Assert.Equal(501, answer.Status);
        Assert.Contains("Live mode", (string?)answer.Body["detail"]);
    }
}
