using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Interop;

/// <summary>The exchange's official client holds a whole session with the practice exchange.</summary>
[Trait("Tier", "Integration")]
public sealed class OfficialClientTests(OfficialClientTests.Session session)
    : IClassFixture<OfficialClientTests.Session>
{
    [Theory]
    [InlineData("public: ok, version, time")]
    [InlineData("keys: derive gives what create gave")]
    [InlineData("keys: read-only and builder keys come and go")]
    [InlineData("keys: a wrong secret is refused")]
    [InlineData("keys: a deleted key is refused")]
    [InlineData("account: a new wallet has its dollars and approvals")]
    [InlineData("books: one, many, and their hash")]
    [InlineData("prices: singles and lists agree with the book")]
    [InlineData("market facts: tick, neg-risk, fees, pages")]
    [InlineData("GTC: rests, is found, is canceled")]
    [InlineData("post-only: rests behind the touch, is refused at it")]
    [InlineData("GTD: rests until its date, a near one is refused")]
    [InlineData("FAK: buys for dollars, settles, and the account adds up")]
    [InlineData("FAK: sells what is held")]
    [InlineData("FOK and FAK: a miss is said in the exchange's words")]
    [InlineData("FOK: buys the whole amount")]
    [InlineData("batch: orders succeed and fail one by one")]
    [InlineData("cancels: by market, by token, all")]
    [InlineData("refusals: tick, size, balance, signature, duplicate")]
    [InlineData("refusals: another wallet's order")]
    [InlineData("neg-risk: orders are signed for the other exchange")]
    [InlineData("scoring and notifications answer")]
    [InlineData("heartbeat: a chain of ids; a wrong one is refused")]
    [InlineData("trades: pages without gaps or repeats")]
    public void Client_Step_HoldsAgainstThePracticeExchange(string step) => session.Script.Expect(step);

    [Fact]
    public void Script_EveryStep_IsATestHere()
    {
        var tested = typeof(OfficialClientTests).GetMethod(nameof(Client_Step_HoldsAgainstThePracticeExchange))!
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
            Script = await InteropScript.RunAsync("official-client.mjs", Address);
        }
    }
}
