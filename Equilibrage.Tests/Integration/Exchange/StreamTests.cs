using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>Hundreds of books for a while: nothing may get lost on the way, and no book may be left behind.</summary>
[Trait("Tier", "Integration")]
public sealed class StreamTests(PostgresFixture postgres)
{
    private const int Markets = 250;
    private const int Steps = 80;

    [Fact]
    public async Task Stream_OfHundredsOfBooks_LosesNoFrameAndEveryBookIsTheExchanges()
    {
        await using var served = await ServedExchange.StartAsync(postgres, PracticeWorld.Listings(Markets), speed: 50);
        await using var follower = new StreamFollower(served.Server.Address);
        List<TokenId> tokens = [.. (await served.Exchange.ListAsync(default))
            .SelectMany(market => new[] { market.TokenYes, market.TokenNo })];

        follower.Want(tokens);
        await Eventually.TrueAsync(() => follower.Status.Current == tokens.Count);
        var begin = served.Exchange.MarketTime;
        await Eventually.TrueAsync(() => follower.WholeSteps(begin).Count >= Steps, TimeSpan.FromSeconds(60));

        var status = follower.Status;
        Assert.Equal(3, status.OpenConnections);
        Assert.Equal((tokens.Count, tokens.Count), (status.Current, follower.CountCurrent()));
        Assert.Equal((0, 0, 0, 0), (status.RefusedFrames, status.Disconnects, status.Mismatches, status.Resubscribes));
        // Each step was told on every connection, none left out.
        var steps = follower.WholeSteps(begin);
        Assert.Equal(
            Enumerable.Range(0, steps.Count).Select(index => steps[0] + (index * 5_000L)), steps);
        // Between two steps everything that came is applied, and stands as the exchange has it.
        await Eventually.TrueAsync(() => follower.Received == follower.Applied);
        await Eventually.TrueAsync(() => follower.IsAsOnAsync(served.Exchange, tokens));
    }
}
