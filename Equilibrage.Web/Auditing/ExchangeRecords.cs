using Equilibrage.Core.Audit;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Paper;
using Equilibrage.Sandbox.Record;
using Npgsql;

namespace Equilibrage.Web.Auditing;

/// <summary>
/// The exchange's record of an account, read where it is kept: the practice exchange's and the paper venue's own
/// schemas. Neither has to run for it.
/// </summary>
internal static class ExchangeRecords
{
    /// <summary>The record, or the reason why there is none, as the beginning of a sentence.</summary>
    public static async Task<(ExchangeRecord? Record, string? Why)> ReadAsync(
        NpgsqlDataSource database, AccountId account, CancellationToken cancellation)
    {
        // Accounts are named mode:venue:wallet; the practice exchange knows the wallet alone.
        var parts = account.Value.Split(':', 3);
        try
        {
            return parts switch
            {
                ["sandbox", _, var wallet] => (await PracticeAsync(database, new(wallet), cancellation), null),
                ["paper", ..] => (await PaperAsync(database, account, cancellation), null),
                _ => (null, "this mode's record is asked over the venue's own protocol, which needs a running desk"),
            };
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidSchemaName)
        {
            return (null, "this database does not hold it");
        }
        catch (InvalidOperationException error)
        {
            return (null, error.Message.TrimEnd('.'));
        }
    }

    private static async Task<ExchangeRecord> PracticeAsync(
        NpgsqlDataSource database, AccountId wallet, CancellationToken cancellation)
    {
        var record = await ComparableRecord.ReadAsync(database, wallet, cancellation);
        return new(
            "practice exchange", record.Cash, record.Tokens,
            record.OpenOrders.Select(order => order.Request.Id).ToHashSet(),
            [.. record.Fills.Select(trade => new ExchangeTrade(trade.Fill, Stage(trade.Status)))]);
    }

    private static async Task<ExchangeRecord> PaperAsync(
        NpgsqlDataSource database, AccountId account, CancellationToken cancellation)
    {
        var books = await PaperBooks.ReadAsync(database, account, cancellation);
        return new(
            "paper venue", books.Account.Cash, books.Account.Tokens,
            books.Account.OpenOrders.Select(order => order.VenueOrderId).ToHashSet(),
            [.. books.Fills.Select(fill => new ExchangeTrade(fill, null))]);
    }

    private static ExchangeTradeStage Stage(TradeStatus status) => status switch
    {
        TradeStatus.Confirmed => ExchangeTradeStage.Final,
        TradeStatus.Mined => ExchangeTradeStage.Moved,
        TradeStatus.Failed => ExchangeTradeStage.Failed,
        _ => ExchangeTradeStage.OnItsWay,
    };
}
