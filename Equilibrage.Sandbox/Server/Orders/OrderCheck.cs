using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>
/// What is checked of a posted order before it reaches the book, in the venue's order and words: market, owner and
/// signer, signature, price grid, decimals, sizes.
/// </summary>
internal sealed class OrderCheck(ExchangeView view, FaultPlan faults, int chain)
{
    private const int SizeDecimals = 2;
    private const long Cent = 10_000;

    // A share count that was rounded for a price moves the price by less than this.
    private const long Drift = 200;

    private readonly ExchangeDomain standard = ExchangeDomain.For(chain, isNegRisk: false);
    private readonly ExchangeDomain negRisk = ExchangeDomain.For(chain, isNegRisk: true);

    /// <summary>The order as the exchange takes it.</summary>
    /// <exception cref="BadRequestException">It is refused; the message is the venue's text.</exception>
    public CheckedOrder Check(Caller caller, in OrderRequest posted)
    {
        var order = posted.Order;
        if (order.MakerAmount <= 0 || order.TakerAmount <= 0 || (posted.IsPostOnly && !posted.Type.Rests()))
            throw new BadRequestException("Invalid order payload");
        var token = order.TokenId.ToString();
        if (view.Find(token) is not { } found)
            throw new BadRequestException("Invalid token id");
        if (found.Entry.HasEnded)
        {
            throw new BadRequestException(
                "No orderbook exists for the requested token id", StatusCodes.Status404NotFound);
        }

        var market = found.Entry.Market;
        if (faults.Strike(FaultKind.CloseMarket, new() { Assets = (market.TokenYes, market.TokenNo) }) is not null)
            throw new BadRequestException("the market is not yet ready to process new orders");
        RequireOwner(caller, posted);
        var domain = market.IsNegRisk ? negRisk : standard;
        RequireSignature(caller, posted, domain);
        var id = order.Id(domain).ToString();
        var (limit, shares) = posted.Type.Rests() ? Resting(id, order, market) : Taking(id, order, market);
        return new(
            WalletSet.AccountOf(order.Maker),
            new()
            {
                Id = new(id),
                MarketId = market.Id,
                TokenId = market.Token(found.Outcome),
                Outcome = found.Outcome,
                Side = order.Side,
                Limit = limit,
                Quantity = Quantity.FromMicros(shares),
                Spend = !posted.Type.Rests() && order.Side == Side.Buy ? Usdc.FromMicros(order.MakerAmount) : null,
                Type = TypeOf(posted.Type),
                IsPostOnly = posted.IsPostOnly,
                ExpiresAt = Date(posted),
                Owner = caller.Key,
            },
            market,
            posted.IsPostOnly ? TimeSpan.Zero : TimeSpan.FromMilliseconds(found.Entry.Listing.TakerDelayMs % 1000));
    }

    private static OrderType TypeOf(WireOrderType type) => type switch
    {
        WireOrderType.Gtc => OrderType.Gtc,
        WireOrderType.Gtd => OrderType.Gtd,
        WireOrderType.Fok => OrderType.Fok,
        _ => OrderType.Fak,
    };

    private static DateTimeOffset? Date(in OrderRequest posted)
    {
        if (posted.Type == WireOrderType.Gtd != posted.Expiration > 0
            || posted.Expiration > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw new BadRequestException("invalid expiration");
        return posted.Expiration > 0 ? DateTimeOffset.FromUnixTimeSeconds(posted.Expiration) : null;
    }

    private static void RequireOwner(Caller caller, in OrderRequest posted)
    {
        if (posted.Owner != caller.Key)
            throw new BadRequestException("the order owner has to be the owner of the API KEY");
        var signer = posted.Order.SignatureType == SignatureType.Poly1271
            ? caller.Wallets.Wallet(SignatureType.Poly1271)
            : caller.Address;
        if (posted.Order.Signer != signer)
            throw new BadRequestException("the order signer address has to be the address of the API KEY");
    }

    private static void RequireSignature(Caller caller, in OrderRequest posted, ExchangeDomain domain)
    {
        if (OrderVerification.Verify(posted.Order, domain, posted.Signature.Span, out var key)
            && key == caller.Address)
            return;
        throw new BadRequestException(posted.Order.SignatureType switch
        {
            SignatureType.PolyProxy => "invalid POLY_PROXY signature",
            SignatureType.PolyGnosisSafe => "invalid POLY_GNOSIS_SAFE signature",
            SignatureType.Poly1271 => "invalid POLY_1271 signature: signature does not match order hash",
            _ => "invalid signature",
        });
    }

    private static (Price Limit, long Shares) Resting(string id, in ExchangeOrder order, Market market)
    {
        var (dollars, shares) = Amounts(order);
        var scaled = (Int128)dollars * Micros.PerUnit;
        var tick = market.TickSize;
        var price = scaled / shares;
        if (scaled % shares != 0 || price >= Micros.PerUnit
            || !OrderAmounts.IsValidPrice(Price.FromMicros((long)price), tick))
            throw OffGrid(id, dollars, shares, tick);
        var decimals = AmountDecimals(tick);
        if (shares % Cent != 0 || dollars % Unit(decimals) != 0)
        {
            throw new BadRequestException(order.Side == Side.Buy
                ? $"invalid amounts, the buy orders maker amount supports a max accuracy of {decimals} decimals, "
                    + $"taker amount a max of {SizeDecimals} decimals"
                : $"invalid amounts, the sell orders maker amount supports a max accuracy of {SizeDecimals} "
                    + $"decimals, taker amount a max of {decimals} decimals");
        }

        return (Price.FromMicros((long)price), shares);
    }

    private static (Price Limit, long Shares) Taking(string id, in ExchangeOrder order, Market market)
    {
        var (dollars, shares) = Amounts(order);
        var tick = market.TickSize;
        var decimals = AmountDecimals(tick);
        var (given, wanted) = order.Side == Side.Buy ? (dollars, shares) : (shares, dollars);
        if (given % Cent != 0 || wanted % Unit(decimals) != 0)
        {
            throw new BadRequestException(
                $"invalid amounts, the market {(order.Side == Side.Buy ? "buy" : "sell")} orders maker amount supports "
                + $"a max accuracy of {SizeDecimals} decimals, taker amount a max of {decimals} decimals");
        }

        // Rounding made the price a little dearer than the limit for a purchase, a little cheaper for a sale.
        var step = tick.ToMicros;
        var exact = (Int128)dollars * Micros.PerUnit;
        var limit = order.Side == Side.Buy
            ? exact / ((Int128)shares * step) * step
            : Micros.CeilDiv(exact, (Int128)shares * step) * step;
        if (limit < step || limit > Micros.PerUnit - step)
            throw OffGrid(id, dollars, shares, tick);
        var away = order.Side == Side.Buy
            ? (exact / limit) - shares
            : ((Int128)shares * limit / Micros.PerUnit) - dollars;
        if (away < -Drift || away > Drift)
            throw OffGrid(id, dollars, shares, tick);
        if (order.Side == Side.Buy && dollars < Micros.PerUnit)
        {
            throw new BadRequestException(
                $"invalid amount for a marketable BUY order (${Micros.Format(dollars)}), min size: 1");
        }

        return (Price.FromMicros((long)limit), shares);
    }

    private static (long Dollars, long Shares) Amounts(in ExchangeOrder order) => order.Side == Side.Buy
        ? (order.MakerAmount, order.TakerAmount)
        : (order.TakerAmount, order.MakerAmount);

    private static BadRequestException OffGrid(string id, long dollars, long shares, TickSize tick) => new(
        FormattableString.Invariant(
            $"order {id} is invalid. Price ({(decimal)dollars / shares:0.################}) breaks minimum tick size ")
        + $"rule: {tick}");

    private static int AmountDecimals(TickSize tick) => tick.ToMicros switch
    {
        >= 100_000 => 3,
        >= 10_000 => 4,
        5_000 or 1_000 => 5,
        _ => 6,
    };

    private static long Unit(int decimals) => decimals switch
    {
        3 => 1_000,
        4 => 100,
        5 => 10,
        _ => 1,
    };
}
