using System.Text;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class PolymarketErrorsTests
{
    [Theory]
    [InlineData(401, """{"error":"Unauthorized/Invalid api key"}""", PolymarketErrorKind.Unauthorized)]
    [InlineData(401, """{"error":"Invalid L1 Request headers"}""", PolymarketErrorKind.WalletSignatureRefused)]
    [InlineData(400, """{"error":"Could not create api key"}""", PolymarketErrorKind.KeyExists)]
    [InlineData(503, """{"error":"Trading is currently disabled. Check polymarket.com for updates"}""",
        PolymarketErrorKind.TradingDisabled)]
    [InlineData(503, """{"error":"Trading is currently cancel-only. New orders are not accepted, but cancels are."}""",
        PolymarketErrorKind.CancelOnlyMode)]
    [InlineData(503, """{"code":"post_only_mode","retry_after_seconds":12}""", PolymarketErrorKind.PostOnlyMode)]
    [InlineData(503, "<html>503</html>", PolymarketErrorKind.Unavailable)]
    [InlineData(425, "service not ready", PolymarketErrorKind.Restarting)]
    [InlineData(429, """{"error":"Too Many Requests"}""", PolymarketErrorKind.RateLimited)]
    [InlineData(429, "error code: 1015", PolymarketErrorKind.RateLimited)]
    [InlineData(403, "<!DOCTYPE html><title>Access denied</title>", PolymarketErrorKind.Restricted)]
    [InlineData(403, """{"error":"Trading restricted in your region"}""", PolymarketErrorKind.Restricted)]
    [InlineData(451, "", PolymarketErrorKind.Restricted)]
    [InlineData(400, """{"error":"'0xf39F' address banned"}""", PolymarketErrorKind.Restricted)]
    [InlineData(400, """{"error":"'0xf39F' address in closed only mode"}""", PolymarketErrorKind.Restricted)]
    [InlineData(400, """{"error":"the order owner has to be the owner of the API KEY"}""",
        PolymarketErrorKind.OwnerMismatch)]
    [InlineData(400, """{"error":"the order signer address has to be the address of the API KEY"}""",
        PolymarketErrorKind.OwnerMismatch)]
    [InlineData(400, """{"error":"maker address not allowed, please use the deposit wallet flow"}""",
        PolymarketErrorKind.WalletNotAllowed)]
    [InlineData(400, """{"error":"invalid order version, please use the latest clob-client"}""",
        PolymarketErrorKind.OldOrderVersion)]
    [InlineData(400, """{"error":"invalid POLY_1271 signature: signature does not match order hash"}""",
        PolymarketErrorKind.InvalidSignature)]
    [InlineData(400, """{"error":"invalid post-only order: order crosses book"}""", PolymarketErrorKind.CrossesBook)]
    [InlineData(400, """{"error":"order 0x1 is invalid. Price (0.98) breaks minimum tick size rule: 0.01"}""",
        PolymarketErrorKind.BreaksTick)]
    [InlineData(400, """{"error":"order 0x1 is invalid. Size (1.08) lower than the minimum: 5"}""",
        PolymarketErrorKind.BelowMinimum)]
    [InlineData(400, """{"error":"invalid amount for a marketable BUY order ($0.84), min size: 1"}""",
        PolymarketErrorKind.BelowMinimum)]
    [InlineData(400, """{"error":"invalid amounts, the buy orders maker amount supports a max accuracy of 4"}""",
        PolymarketErrorKind.InvalidAmounts)]
    [InlineData(400, """{"error":"order 0x1 is invalid. Duplicated. Same hash"}""", PolymarketErrorKind.Duplicated)]
    [InlineData(400, """{"error":"not enough balance / allowance: the balance is not enough -> balance: 3912"}""",
        PolymarketErrorKind.NotEnoughBalance)]
    [InlineData(400, """{"error":"order couldn't be fully filled. FOK orders are fully filled or killed."}""",
        PolymarketErrorKind.FokNotFilled)]
    [InlineData(400, """{"error":"no orders found to match with FAK order. FAK orders are partially filled"}""",
        PolymarketErrorKind.FakNotMatched)]
    [InlineData(400, """{"error":"the market is not yet ready to process new orders"}""",
        PolymarketErrorKind.MarketNotReady)]
    [InlineData(404, """{"error":"No orderbook exists for the requested token id"}""", PolymarketErrorKind.NotFound)]
    [InlineData(404, """{"error":"market not found"}""", PolymarketErrorKind.NotFound)]
    [InlineData(500, """{"error":"could not run the execution"}""", PolymarketErrorKind.ServerFailure)]
    [InlineData(500, """{"error":"could not insert order"}""", PolymarketErrorKind.ServerFailure)]
    [InlineData(502, "<html>bad gateway</html>", PolymarketErrorKind.ServerFailure)]
    [InlineData(522, "", PolymarketErrorKind.ServerFailure)]
    [InlineData(400, """{"error":"something new"}""", PolymarketErrorKind.Refused)]
    [InlineData(400, "", PolymarketErrorKind.Refused)]
    public void Classify_Answer_HasItsKind(int status, string body, PolymarketErrorKind expected) =>
        Assert.Equal(expected, PolymarketErrors.Classify(status, Encoding.UTF8.GetBytes(body), null).Kind);

    [Fact]
    public void Classify_PostOnlyMode_TellsHowLong() => Assert.Equal(
        TimeSpan.FromSeconds(12),
        PolymarketErrors.Classify(503, """{"code":"post_only_mode","retry_after_seconds":12}"""u8, null).RetryAfter);

    [Fact]
    public void Classify_Header_GoesBeforeBody() => Assert.Equal(
        TimeSpan.FromSeconds(3),
        PolymarketErrors.Classify(503, """{"retry_after_seconds":"12"}"""u8, TimeSpan.FromSeconds(3)).RetryAfter);
}
