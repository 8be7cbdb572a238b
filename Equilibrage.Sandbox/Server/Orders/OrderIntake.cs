using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>Hands checked orders to the exchange and says what became of them.</summary>
internal sealed class OrderIntake(PracticeExchange exchange, OrderCheck check, TimeProvider wall)
{
    /// <summary>Places orders; each succeeds or fails on its own, in the order given.</summary>
    public async Task<IReadOnlyList<PlacedOrder>> PlaceAsync(
        Caller caller, IReadOnlyList<OrderRequest> posted, CancellationToken cancellation)
    {
        var orders = posted.Select(each => Check(caller, each)).ToList();
        var hold = orders.Max(each => each.Order?.Hold ?? TimeSpan.Zero);
        if (hold > TimeSpan.Zero)
            await Task.Delay(hold, wall, cancellation);
        // Once begun it is not given up: whoever went away finds the order on record.
        var (placements, error) = await exchange.AskAsync(
            venue => orders
                .Select(each => each.Order is { } order ? venue.Place(order.Account, order.Request) : null).ToList(),
            isChange: true, CancellationToken.None);
        if (error is { Kind: VenueErrorKind.Unknown })
            throw new BadRequestException("could not run the execution", StatusCodes.Status500InternalServerError);
        if (error is not null)
            throw new BadRequestException("service not ready", StatusCodes.Status503ServiceUnavailable);
        return [.. orders.Select((each, i) => each.Order is { } order
            ? Placed(order, placements![i]!)
            : new PlacedOrder(null, each.Error!.Message, each.Error.Status))];
    }

    private (CheckedOrder? Order, BadRequestException? Error) Check(Caller caller, in OrderRequest posted)
    {
        try
        {
            return (check.Check(caller, posted), null);
        }
        catch (BadRequestException error)
        {
            return (null, error);
        }
        catch (SignatureLibraryException error)
        {
            return (null, new(error.Message, StatusCodes.Status503ServiceUnavailable));
        }
    }

    private static PlacedOrder Placed(CheckedOrder order, Placement placement)
    {
        if (placement.Refusal is { } refusal)
            return new(null, RefusalText.Of(refusal, order), StatusCodes.Status400BadRequest);
        var isBuy = order.Request.Side == Side.Buy;
        var takers = placement.Trades.Select(trade => trade.Taker).ToList();
        var shares = takers.Sum(taker => taker.Quantity.ToDecimal());
        var dollars = takers.Sum(taker => taker.Notional.ToDecimal());
        return new(
            new()
            {
                IsSuccess = true,
                OrderId = order.Request.Id.Value,
                Status = takers.Count > 0 ? PlacementStatus.Matched
                    : placement.Order!.Status == OrderStatus.Delayed ? PlacementStatus.Delayed
                    : PlacementStatus.Live,
                MakingAmount = takers.Count == 0 ? null : isBuy ? dollars : shares,
                TakingAmount = takers.Count == 0 ? null : isBuy ? shares : dollars,
                TradeIds = [.. placement.Trades.Select(trade => trade.Id.Value)],
            },
            null, StatusCodes.Status200OK);
    }
}

/// <summary>What became of one posted order: an answer, or the words and status of a refusal.</summary>
internal sealed record PlacedOrder(OrderReply? Reply, string? Error, int Status);
