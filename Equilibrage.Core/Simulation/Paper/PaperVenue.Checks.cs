using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation.Paper;

/// <content>Why an order is not taken.</content>
public sealed partial class PaperVenue
{
    private string? Refusal(PreparedOrder order)
    {
        var command = order.Command;
        if (Account.Find(order.VenueOrderId) is not null)
            return "Duplicated: an order with this id has arrived before.";
        if (markets.GetValueOrDefault(command.MarketId) is not { IsTradable: true } market)
            return "The market is closed or unknown.";
        if (market.Fees is null)
            return "The market names no fees, so its costs are not known.";
        if (market.Token(command.Outcome) != command.TokenId)
            return "The token is not that outcome of that market.";
        if (command.Type == OrderType.Gtd)
            return "Orders with a date are not taken on paper; use GTC.";
        if (!market.TickSize.IsOnGrid(command.Limit))
            return $"The price {command.Limit} is not on the market's grid of {market.TickSize}.";
        if (books.Of(command.TokenId).Trust != BookTrust.Current)
            return "There is no current live book to execute against.";
        return SizeRefusal(command, market) ?? BalanceRefusal(command, market.Fees) ?? CrossRefusal(command);
    }

    private static string? SizeRefusal(OrderCommand command, Market market)
    {
        if (command.Type == OrderType.Gtc)
        {
            return command.Quantity < market.MinimumOrderSize
                ? $"The size {command.Quantity} is below the market's minimum of {market.MinimumOrderSize} shares."
                : null;
        }

        return command.Side == Side.Buy && Dollars(command) < SmallestPurchase
            ? "A marketable purchase is at least $1."
            : command.Quantity.IsZero ? "An order needs shares." : null;
    }

    private string? BalanceRefusal(OrderCommand command, FeeSchedule fees)
    {
        if (command.Side == Side.Sell)
        {
            var free = Account.FreeShares(command.TokenId);
            return free < command.Quantity
                ? $"Not enough balance: {free} shares are free, {command.Quantity} are to be sold."
                : null;
        }

        var needed = Dollars(command) + fees.TakerFeeBudget(command.Limit, command.Quantity);
        return Account.FreeCash() < needed
            ? $"Not enough balance: ${Account.FreeCash()} is free, ${needed} is needed."
            : null;
    }

    private string? CrossRefusal(OrderCommand command) =>
        command.IsPostOnly && Levels(command).Any() ? "Post-only: the order would take." : null;

    private static Usdc Dollars(OrderCommand command) =>
        command.Type != OrderType.Gtc && command.Spend is { } spend
            ? spend
            : command.Limit.CostOf(command.Quantity);
}
