using System.Globalization;
using Equilibrage.Adapters.Polymarket.Mapping;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Everything that moved the balances of a wallet: its trades by the order book's record, all else by the public record
/// of activity, with the amounts of the transaction's own events. A part that cannot be read makes all of it an error.
/// </summary>
internal sealed class ActivityReader(
    ExchangeAccess access, AccountSession session, MarketFees fees, HeldTokens held, JsonRpcClient chain,
    Contracts contracts, EthereumAddress wallet)
{
    // The public record runs minutes behind the chain.
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    private readonly string user = wallet.ToLowerString();

    /// <summary>Reads everything since a market time.</summary>
    public async Task<PolymarketResult<AccountActivity>> ReadAsync(
        DateTimeOffset since, CancellationToken cancellation)
    {
        if (access.Options.IsPractice)
            await access.HearMarketTimeAsync(cancellation);
        // What happens while it is read belongs to the next reading.
        var now = access.MarketClock.Now;
        var trades = await TradesAsync(since, cancellation);
        if (trades.Value is not { } executed)
            return trades.As<AccountActivity>();
        var rows = await access.Data.GetActivityAsync(new() { User = user, Start = since }, null, cancellation);
        if (rows.Value is not { } told)
            return rows.As<AccountActivity>();
        var moved = await MovesAsync(told.Where(row => row.Type != "TRADE"), cancellation);
        if (moved.Value is not { } others)
            return moved.As<AccountActivity>();
        held.Note(others.SelectMany(item => item.Shares.Keys));
        var through = access.Options.IsPractice ? now : now - Lag;
        return PolymarketResult<AccountActivity>.Ok(new(
            [.. executed.Concat(others).Where(item => item.At >= since).OrderBy(item => item.At)],
            through > since ? through : since));
    }

    private async Task<PolymarketResult<IReadOnlyList<ActivityItem>>> TradesAsync(
        DateTimeOffset since, CancellationToken cancellation)
    {
        var read = await session.CallAsync(
            open => open.Clob.GetTradesAsync(new() { After = since.AddSeconds(-1) }, cancellation), cancellation);
        if (read.Value is not { } trades)
            return read.As<IReadOnlyList<ActivityItem>>();
        var items = new List<ActivityItem>();
        foreach (var trade in trades.Where(trade => trade.Status != TradeStatus.Failed))
        {
            var schedule = await fees.GetAsync(new(trade.Market), cancellation);
            if (schedule.Value is not { } known)
                return schedule.As<IReadOnlyList<ActivityItem>>();
            var hash = string.IsNullOrEmpty(trade.TransactionHash) ? null : trade.TransactionHash;
            items.AddRange(TradeFills.Of(trade, user, known)
                .Select(fill => ActivityItem.Of(fill, hash, trade.Status.IsTerminal())));
        }

        return PolymarketResult<IReadOnlyList<ActivityItem>>.Ok(items);
    }

    private async Task<PolymarketResult<IReadOnlyList<ActivityItem>>> MovesAsync(
        IEnumerable<DataActivity> rows, CancellationToken cancellation)
    {
        var items = new List<ActivityItem>();
        var all = rows.ToList();
        foreach (var group in all.Where(row => HashOf(row) is not null).GroupBy(row => HashOf(row)!.Value))
        {
            var item = await MoveAsync(group.Key, [.. group], cancellation);
            if (item.Value is null)
                return item.As<IReadOnlyList<ActivityItem>>();
            items.Add(item.Value);
        }

        // The same payment twice in a second is two payments: their places tell them apart.
        var unnamed = all.Where(row => HashOf(row) is null);
        foreach (var group in unnamed.GroupBy(row => (row.Type, row.Timestamp, row.UsdcSize)))
        {
            foreach (var (place, row) in group.Index())
            {
                if (Payment(row, place) is not { } item)
                {
                    return PolymarketResult<IReadOnlyList<ActivityItem>>.Fail(new(
                        PolymarketErrorKind.Unreadable,
                        $"An activity of kind {row.Type} names no transaction and no amount: it cannot be counted."));
                }

                items.Add(item);
            }
        }

        return PolymarketResult<IReadOnlyList<ActivityItem>>.Ok(items);
    }

    private async Task<PolymarketResult<ActivityItem>> MoveAsync(
        Bytes32 hash, IReadOnlyList<DataActivity> rows, CancellationToken cancellation)
    {
        var found = await chain.GetReceiptAsync(hash, cancellation);
        if (!found.IsOk)
            return found.As<ActivityItem>();
        if (found.Value is not { } receipt || rows[0].Timestamp is not { } at)
        {
            return PolymarketResult<ActivityItem>.Fail(new(
                PolymarketErrorKind.Unavailable, $"The chain does not show transaction {hash} of the wallet yet."));
        }

        try
        {
            var flow = WalletFlow.Of(receipt, wallet, contracts);
            var shares = flow.Tokens.ToDictionary(pair => new TokenId(pair.Key.ToString()), pair => pair.Value);
            var kind = KindOf(rows[0].Type)
                ?? (flow.Collateral < Usdc.Zero || shares.Values.Any(moved => moved < 0)
                    ? ActivityKind.Withdrawal
                    : ActivityKind.Deposit);
            return PolymarketResult<ActivityItem>.Ok(new(
                $"tx:{hash}", kind, at, flow.Collateral, shares, TransactionHash: hash.ToString()));
        }
        catch (FormatException unreadable)
        {
            return PolymarketResult<ActivityItem>.Fail(new(PolymarketErrorKind.Unreadable, unreadable.Message));
        }
    }

    private static ActivityItem? Payment(DataActivity row, int place)
    {
        if (row is not { Timestamp: { } at, UsdcSize: { } amount } || KindOf(row.Type) is not { } kind
            || kind is ActivityKind.Split or ActivityKind.Merge or ActivityKind.Redeem or ActivityKind.Convert)
            return null;
        var id = string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Type}:{at.ToUnixTimeSeconds()}:{amount.ToMicros}:{place}");
        return new(
            id, kind, at, kind == ActivityKind.Withdrawal ? -amount : amount, new Dictionary<TokenId, long>());
    }

    private static Bytes32? HashOf(DataActivity row) =>
        Bytes32.TryParse(row.TransactionHash, out var hash) ? hash : null;

    // What is not known here moves something all the same: then the transaction tells in which direction.
    private static ActivityKind? KindOf(string? type) => type switch
    {
        "SPLIT" => ActivityKind.Split,
        "MERGE" => ActivityKind.Merge,
        "REDEEM" => ActivityKind.Redeem,
        "CONVERSION" => ActivityKind.Convert,
        "REWARD" or "REFERRAL_REWARD" or "TIP" => ActivityKind.Reward,
        "MAKER_REBATE" or "TAKER_REBATE" => ActivityKind.Rebate,
        "YIELD" => ActivityKind.Yield,
        "DEPOSIT" => ActivityKind.Deposit,
        "WITHDRAWAL" => ActivityKind.Withdrawal,
        _ => null,
    };
}
