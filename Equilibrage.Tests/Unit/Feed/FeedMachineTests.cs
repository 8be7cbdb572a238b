using Equilibrage.Core.Books;
using Equilibrage.Tests.Support.Feed;

namespace Equilibrage.Tests.Unit.Feed;

[Trait("Tier", "Unit")]
public sealed class FeedMachineTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(4);

    [Fact]
    public void Start_EveryToken_IsCurrentAfterItsSnapshotOnConnectionsOfTheAllowedSize()
    {
        var world = new FeedWorld(1);

        world.Run(TimeSpan.FromSeconds(2));

        world.CheckWhole();
        Assert.Equal((3, 3, 12), (world.Machine.Status().Connections, world.Machine.Status().OpenConnections,
            world.Machine.Status().Current));
    }

    [Fact]
    public void Disconnect_ItsTokens_AreUntrustedUntilTheNextSnapshot()
    {
        var world = new FeedWorld(2);
        world.Run(TimeSpan.FromSeconds(2));
        world.RefusesConnections = true;

        world.Drop();
        world.Run(TimeSpan.FromSeconds(1));

        Assert.InRange(world.Machine.Status().Untrusted, 1, 5);
        world.Heal();
        world.Run(TimeSpan.FromSeconds(10));
        world.CheckWhole();
    }

    [Fact]
    public void Silence_OfOneTokenWhileItsBookChanges_IsFoundByComparisonAndMended()
    {
        var world = new FeedWorld(3);
        world.Run(TimeSpan.FromSeconds(2));
        world.Exchange.Frozen.Add(world.Tokens[0]);

        world.Run(TimeSpan.FromSeconds(40));

        Assert.NotEqual(BookTrust.Current, world.Machine.TrustOf(world.Tokens[0]));
        Assert.True(world.Machine.Status().Resubscribes > 0);
        world.Heal();
        world.Run(LongEnough);
        world.CheckWhole();
    }

    [Fact]
    public void Silence_OfAQuietMarket_IsConfirmedByComparisonAndStaysCurrent()
    {
        var world = new FeedWorld(4);
        world.Run(TimeSpan.FromSeconds(2), changesPerStep: 0);

        world.Run(LongEnough, changesPerStep: 0);

        world.CheckWhole();
        Assert.True(world.Machine.Status().Probes > 0);
        Assert.Equal(0, world.Machine.Status().Resubscribes);
    }

    [Fact]
    public void Ladder_NothingEverComes_IsClimbedToItsEndAndCountsEachStep()
    {
        var world = new FeedWorld(5, tokens: 3);
        (world.Exchange.SendsNoSnapshots, world.Exchange.IsRestDown) = (true, true);
        foreach (var token in world.Tokens)
            world.Exchange.Frozen.Add(token);

        world.Run(TimeSpan.FromMinutes(8));

        var status = world.Machine.Status();
        Assert.Equal(0, status.Current);
        Assert.All(
            [status.Resubscribes, status.Moves, status.FastPolls, status.SlowPolls, status.GivenUp],
            count => Assert.True(count >= 3));
        world.Heal();
        world.Run(LongEnough);
        world.CheckWhole();
    }

    [Fact]
    public void Polling_WhileTheStreamIsDead_ShowsBooksThatAreNotBelieved()
    {
        var world = new FeedWorld(6, tokens: 3);
        world.Exchange.SendsNoSnapshots = true;
        foreach (var token in world.Tokens)
            world.Exchange.Frozen.Add(token);

        world.Run(TimeSpan.FromMinutes(1), changesPerStep: 0);

        Assert.Equal(3, world.Machine.Status().Stale);
        Assert.All(world.Tokens, token => Assert.NotNull(world.Reported(token).BestBid));
    }

    [Fact]
    public void Want_FewerTokens_ClosesConnectionsThatNobodyNeeds()
    {
        var world = new FeedWorld(7);
        world.Run(TimeSpan.FromSeconds(2));

        world.Machine.Want([world.Tokens[0]], world.Now);

        Assert.Equal((1, 1), (world.Machine.Status().Connections, world.Machine.Status().Tokens));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Faults_AnyScript_NoBookIsBelievedWronglyAndAllComeBack(int block)
    {
        const int ScriptsPerBlock = 260;
        for (var seed = block * ScriptsPerBlock; seed < (block + 1) * ScriptsPerBlock; seed++)
        {
            var world = new FeedWorld(seed, tokens: 6, new() { TokensPerConnection = 4 });
            var random = new Random(seed);
            for (var step = 0; step < 25; step++)
            {
                world.Fault();
                world.Run(TimeSpan.FromSeconds(random.Next(0, 12)));
            }

            world.Heal();
            world.Run(LongEnough, changesPerStep: 1);
            world.CheckWhole();
        }
    }
}
