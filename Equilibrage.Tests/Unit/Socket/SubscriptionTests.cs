using System.Buffers;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Unit.Socket;

[Trait("Tier", "Unit")]
public sealed class SubscriptionTests
{
    [Fact]
    public void Market_FirstFrame_HasTheDocumentedForm() => Assert.Equal(
        """{"assets_ids":["713","521"],"type":"market","initial_dump":true,"level":2,"custom_feature_enabled":true}""",
        Text(new MarketSubscription(SubscriptionChange.Open, [new("713"), new("521")]).Write));

    [Theory]
    [InlineData(SubscriptionChange.Open, true)]
    [InlineData(SubscriptionChange.Subscribe, true)]
    [InlineData(SubscriptionChange.Unsubscribe, false)]
    public void Market_Written_IsReadBack(SubscriptionChange change, bool wantsFeatures)
    {
        var asked = new MarketSubscription(change, [new("1"), new("2")]) { WantsFeatures = wantsFeatures };

        var read = MarketSubscription.Read(Encoding.UTF8.GetBytes(Text(asked.Write)));

        Assert.Equal(asked.Tokens, read?.Tokens);
        Assert.Equal(asked, read! with { Tokens = asked.Tokens });
    }

    [Theory]
    [InlineData("PING")]
    [InlineData("""{"type":"market"}""")]
    [InlineData("""{"assets_ids":["1"],"type":"user"}""")]
    [InlineData("""{"assets_ids":["1"],"operation":"other"}""")]
    public void Market_AnotherFrame_IsRefused(string frame) =>
        Assert.Null(MarketSubscription.Read(Encoding.UTF8.GetBytes(frame)));

    [Fact]
    public void User_Written_IsReadBack()
    {
        IReadOnlyList<MarketId> markets = [new("0xabc")];
        var open = new UserSubscription(SubscriptionChange.Open, markets) { Credentials = new("k", "s", "p") };
        var more = new UserSubscription(SubscriptionChange.Subscribe, markets);

        var readOpen = UserSubscription.Read(Encoding.UTF8.GetBytes(Text(open.Write)))!;
        var readMore = UserSubscription.Read(Encoding.UTF8.GetBytes(Text(more.Write)))!;

        Assert.Equal((SubscriptionChange.Open, open.Credentials), (readOpen.Change, readOpen.Credentials));
        Assert.Equal((SubscriptionChange.Subscribe, "0xabc"), (readMore.Change, readMore.Markets[0].Value));
        Assert.DoesNotContain("s", open.Credentials!.ToString().Replace(nameof(SocketCredentials), ""));
    }

    [Fact]
    public void User_WithoutCredentials_CannotOpen() => Assert.Throws<InvalidOperationException>(
        () => Text(new UserSubscription(SubscriptionChange.Open, []).Write));

    private static string Text(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
