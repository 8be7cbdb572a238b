using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Interop;

/// <summary>A plain WebSocket client reads both channels of the practice exchange.</summary>
[Trait("Tier", "Integration")]
public sealed class SocketsTests(SocketsTests.Session session) : IClassFixture<SocketsTests.Session>
{
    [Theory]
    [InlineData("market channel: a snapshot of each token comes first")]
    [InlineData("market channel: PING is answered, known assets are not new")]
    [InlineData("market channel: rebuilt books equal the served ones")]
    [InlineData("market channel: best prices stand in every change")]
    [InlineData("market channel: garbage ends nothing but itself")]
    [InlineData("user channel: wrong credentials close it")]
    [InlineData("user channel: placement and cancellation")]
    [InlineData("user channel: a trade goes from MATCHED to CONFIRMED")]
    [InlineData("user channel: a maker fill stands in maker_orders")]
    public void Channel_Step_HoldsForAPlainClient(string step) => session.Script.Expect(step);

    [Fact]
    public void Script_EveryStep_IsATestHere()
    {
        var tested = typeof(SocketsTests).GetMethod(nameof(Channel_Step_HoldsForAPlainClient))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Select(row => (string)((InlineDataAttribute)row).Data[0]!);
        Assert.Equal(tested, session.Script.Steps);
    }

    /// <summary>One run of the script for all its steps.</summary>
    public sealed class Session(PostgresFixture postgres) : PracticeServerFixture(postgres)
    {
        internal InteropScript Script { get; private set; } = null!;

        /// <inheritdoc/>
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Script = await InteropScript.RunAsync("sockets.mjs", Address);
        }
    }
}
