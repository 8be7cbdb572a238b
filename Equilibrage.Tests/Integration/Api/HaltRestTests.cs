using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

[Trait("Tier", "Integration")]
public sealed class HaltRestTests
{
    [Fact]
    public async Task Halt_WithAReason_IsSentToTheDesk()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync("/api/halt", """{"reason":"storm"}""", "key-1");

        Assert.Equal((202, true), (answer.Status, (bool?)answer.Body["isHalted"]));
        Assert.Equal(new OperatorCommand.Halt("key-1", "storm"), Assert.Single(host.Desk.Commands));
    }

    [Theory]
    [InlineData("""{"reason":""}""")]
    [InlineData("""{"reason":7}""")]
    [InlineData("""{"why":"storm"}""")]
    public async Task Halt_WithoutUsableWords_Is400(string json)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync("/api/halt", json);

        Assert.Equal(400, answer.Status);
        Assert.Empty(host.Desk.Commands);
    }

    [Fact]
    public async Task Resume_WhileTheFileStands_Is409WithTheRule()
    {
        await using var host = await ApiHost.StartAsync();
        host.Desk.Answer = _ => new(null, null, new(DenyReason.Halted, "the file HALT stands"));

        var answer = await host.PostAsync("/api/resume", "{}");

        Assert.Equal((409, "halted"), (answer.Status, (string?)answer.Body["rule"]));
    }

    [Fact]
    public async Task Status_WhileOrdersAreLeft_SaysHowMany_AndThenThatItIsAcknowledged()
    {
        await using var host = await ApiHost.StartAsync();
        var halt = new HaltView(
            HaltCause.DailyLoss, "the day has lost 200 dollars", DateTimeOffset.UnixEpoch, null, 3, 2, null, []);
        host.Desk.Show(host.Desk.Current with { Risk = Risk(halt) });

        var halting = await host.GetAsync("/api/halt");
        host.Desk.Show(host.Desk.Current with
        {
            Risk = Risk(halt with { AcknowledgedAt = DateTimeOffset.UnixEpoch, OrdersLeft = 0 }),
        });
        var halted = await host.GetAsync("/api/halt");

        Assert.Equal((true, false), ((bool?)halting.Body["isHalted"], (bool?)halting.Body["isAcknowledged"]));
        var body = halting.Body["halt"]!;
        Assert.Equal((2, "daily_loss"), ((int?)body["ordersLeft"], (string?)body["cause"]));
        Assert.True((bool?)halted.Body["isAcknowledged"]);
    }

    private static RiskView Risk(HaltView halt) => new()
    {
        Halt = halt, Limits = [], Breakers = [], WorkingOrders = 2,
    };
}
