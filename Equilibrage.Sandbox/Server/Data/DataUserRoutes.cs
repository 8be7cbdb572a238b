using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Sandbox.Server.Chain;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Data;

/// <summary>The Data API's questions about users: positions, activity, value, profit, approvals.</summary>
internal sealed class DataUserRoutes(
    PracticeExchange exchange, ExchangeView view, Contracts contracts)
{
    private const decimal UsualDust = 0.1m;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/data/v2/positions", PositionsAsync);
        routes.MapGet("/data/v2/activity", ActivityAsync);
        routes.MapGet("/data/v2/value", ValueAsync);
        routes.MapGet("/data/v2/user-pnl", PnlAsync);
        routes.MapGet("/data/v2/user-stats", StatsAsync);
        routes.MapGet("/data/v2/user-volume", VolumeAsync);
        routes.MapGet("/data/v2/leaderboard", LeaderboardAsync);
        routes.MapGet("/data/v2/approvals", ApprovalsAsync);
    }

    private async Task PositionsAsync(HttpContext http)
    {
        var request = http.Request;
        var user = DataPaging.User(request);
        var conditions = DataPaging.Conditions(request);
        if (user is null && conditions.Count == 0)
            throw new BadRequestException("user or condition is required");
        var status = request.Text("status") ?? "OPEN";
        var least = decimal.TryParse(request.Text("filter_amount"), null, out var said) ? said : UsualDust;
        var isCash = request.Text("filter_type") == "CASH";
        var tallies = await exchange.LookAsync(
            venue => (user is { } one ? [one] : venue.Accounts())
                .SelectMany(account => PositionTally.Of(venue, account)).ToList(),
            http.RequestAborted);
        var second = view.MarketTime.ToUnixTimeSeconds();
        var both = tallies.Where(tally => tally.Size > 0).GroupBy(tally => (tally.Account, tally.Market))
            .Where(group => group.Count() == 2).Select(group => group.Key).ToHashSet();
        var rows = tallies
            .Where(tally => conditions.Count == 0
                || conditions.Contains(tally.Market.Value, StringComparer.OrdinalIgnoreCase))
            .Select(tally => view.Index.ByCondition(tally.Market.Value) is { } entry
                ? DataForms.Position(tally, entry, second, both.Contains((tally.Account, tally.Market)))
                : null)
            .OfType<DataPosition>()
            .Where(row => status == "MERGEABLE" ? row.IsMergeable == true : row.Status == status)
            .Where(row => status == "CLOSED" || (isCash
                ? row.CurrentValue!.Value.ToDecimal() >= least
                : row.CurrentSize!.Value.ToDecimal() >= least));
        await Reply.RecordAsync(
            http, DataPaging.Page(request, Sorted(request, rows)),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataPosition);
    }

    private static IEnumerable<DataPosition> Sorted(HttpRequest request, IEnumerable<DataPosition> rows)
    {
        Func<DataPosition, decimal> key = request.Text("sort_by") switch
        {
            "TOKENS" => row => row.CurrentSize!.Value.ToDecimal(),
            "PRICE" => row => row.CurrentPrice!.Value.ToDecimal(),
            "UNREALIZED_PNL" => row => row.UnrealizedPnl!.Value.ToDecimal(),
            "REALIZED_PNL" => row => row.RealizedPnl!.Value.ToDecimal(),
            "TOTAL_PNL" => row => row.TotalPnl!.Value.ToDecimal(),
            "TIMESTAMP" => row => row.LastEventAt!.Value.ToUnixTimeSeconds(),
            null or "CURRENT_VALUE" => row => row.CurrentValue!.Value.ToDecimal(),
            var other => throw new BadRequestException($"sort_by {other} is unknown"),
        };
        return rows.OrderByDescending(key).ThenBy(row => row.TokenId, StringComparer.Ordinal);
    }

    private async Task ActivityAsync(HttpContext http)
    {
        var request = http.Request;
        var user = DataPaging.RequiredUser(request);
        var conditions = DataPaging.Conditions(request);
        var types = request.Texts("type");
        var (start, end) = (request.Number("start"), request.Number("end"));
        var (trades, actions) = await exchange.LookAsync(
            venue => (venue.TradesOf(user).ToList(), venue.ActionsOf(user).ToList()), http.RequestAborted);
        var rows = trades.Where(trade => trade.Status != Core.Simulation.TradeStatus.Failed)
            .SelectMany(trade => DataTradeRoutes.Sides(trade, user, isTakerOnly: false)
                .Select(side => view.Index.ByCondition(trade.MarketId.Value) is { } entry
                    ? DataForms.Activity(DataForms.Trade(trade, side, entry))
                    : null))
            .Concat(actions.Select(action => DataForms.Activity(
                action, action.MarketId is { } id ? view.Index.ByCondition(id.Value) : null)))
            .OfType<DataActivity>()
            .Where(row => (types.Count == 0 || types.Contains(row.Type!))
                && (conditions.Count == 0 || conditions.Contains(row.ConditionId ?? ""))
                && !(row.Timestamp!.Value.ToUnixTimeSeconds() < start)
                && !(row.Timestamp!.Value.ToUnixTimeSeconds() > end))
            .OrderByDescending(row => row.Timestamp);
        await Reply.RecordAsync(
            http, DataPaging.Page(request, rows), PolymarketJson.Wire.DataReplyIReadOnlyListDataActivity);
    }

    private async Task<(IReadOnlyList<PositionTally> Tallies, long Value)> TalliesAsync(
        HttpContext http, AccountId user)
    {
        var tallies = await exchange.LookAsync(venue => PositionTally.Of(venue, user), http.RequestAborted);
        return (tallies, tallies.Sum(Value));
    }

    private long Value(PositionTally tally) => view.Index.ByCondition(tally.Market.Value) is { } entry
        ? (long)((Int128)tally.Size
            * DataForms.PriceOf(entry, tally.Outcome, view.MarketTime.ToUnixTimeSeconds()) / Micros.PerUnit)
        : 0;

    private async Task ValueAsync(HttpContext http)
    {
        var user = DataPaging.RequiredUser(http.Request);
        var (_, value) = await TalliesAsync(http, user);
        await AmountAsync(http, user, "value", value);
    }

    private async Task PnlAsync(HttpContext http)
    {
        var user = DataPaging.RequiredUser(http.Request);
        var points = new List<DataPnlPoint>();
        var tallies = await exchange.LookAsync(
            venue => PositionTally.Of(
                venue, user, (at, pnl) => points.Add(new() { At = at, Pnl = Usdc.FromMicros(pnl) })),
            http.RequestAborted);
        var now = tallies.Sum(tally => tally.Realized + Value(tally) - tally.Cost - tally.Fees);
        points.Add(new() { At = view.MarketTime, Pnl = Usdc.FromMicros(now) });
        await Reply.RecordAsync(
            http, new DataReply<IReadOnlyList<DataPnlPoint>> { Data = points },
            PolymarketJson.Wire.DataReplyIReadOnlyListDataPnlPoint);
    }

    private async Task StatsAsync(HttpContext http)
    {
        var user = DataPaging.RequiredUser(http.Request);
        var (tallies, _) = await TalliesAsync(http, user);
        var trades = await exchange.LookAsync(venue => venue.TradesOf(user).ToList(), http.RequestAborted);
        await Reply.RecordAsync(
            http,
            new DataReply<DataUserStats>
            {
                Data = new()
                {
                    User = user.Value,
                    Trades = trades.Count,
                    MarketsTraded = tallies.Select(tally => tally.Market).Distinct().Count(),
                    Volume = Usdc.FromMicros(tallies.Sum(tally => tally.Volume)),
                    LargestWin = Usdc.FromMicros(Math.Max(
                        0, tallies.Select(tally => tally.Realized).DefaultIfEmpty().Max())),
                    JoinedAt = trades.Count > 0 ? trades[0].MatchedAt : null,
                },
            },
            PolymarketJson.Wire.DataReplyDataUserStats);
    }

    private async Task VolumeAsync(HttpContext http)
    {
        var user = DataPaging.RequiredUser(http.Request);
        var (tallies, _) = await TalliesAsync(http, user);
        await AmountAsync(http, user, "volume", tallies.Sum(tally => tally.Volume));
    }

    private static Task AmountAsync(HttpContext http, AccountId user, string name, long micros) =>
        Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            json.WriteString("user", user.Value);
            json.WriteMicros(name, micros);
            json.WriteEndObject();
            json.WriteEndObject();
        });

    private async Task LeaderboardAsync(HttpContext http)
    {
        var isVolume = http.Request.Text("sort_by") == "VOLUME";
        var all = await exchange.LookAsync(
            venue => venue.Accounts().Select(account => (account, PositionTally.Of(venue, account))).ToList(),
            http.RequestAborted);
        var rows = all.Where(each => each.Item2.Count > 0)
            .Select(each => (
                each.account, Volume: each.Item2.Sum(tally => tally.Volume),
                Pnl: each.Item2.Sum(tally => tally.Realized + Value(tally) - tally.Cost - tally.Fees)))
            .OrderByDescending(each => isVolume ? each.Volume : each.Pnl)
            .Select((each, i) => new DataLeader
            {
                Rank = i + 1,
                ProxyWallet = each.account.Value,
                UserName = "",
                Volume = Usdc.FromMicros(each.Volume),
                Pnl = Usdc.FromMicros(each.Pnl),
            });
        await Reply.RecordAsync(
            http, DataPaging.Page(http.Request, rows), PolymarketJson.Wire.DataReplyIReadOnlyListDataLeader);
    }

    private async Task ApprovalsAsync(HttpContext http)
    {
        var user = DataPaging.RequiredUser(http.Request);
        var spenders = new[]
        {
            contracts.Exchange, contracts.NegRiskExchange, contracts.NegRiskAdapter, contracts.CollateralAdapter,
            contracts.NegRiskCollateralAdapter,
        };
        var rows = new List<DataApproval>();
        foreach (var isCollateral in (bool[])[true, false])
        {
            var amounts = await exchange.ApprovedAsync(user, isCollateral, spenders, http.RequestAborted);
            rows.AddRange(spenders.Select(spender => new DataApproval
            {
                Token = (isCollateral ? contracts.Collateral : contracts.ConditionalTokens).ToString(),
                Spender = spender.ToString(),
                Kind = isCollateral ? "ERC20" : "ERC1155",
                Amount = isCollateral ? amounts[spender].ToString() : null,
                IsApproved = !amounts[spender].IsZero,
            }));
        }

        await Reply.RecordAsync(
            http, new DataReply<IReadOnlyList<DataApproval>> { Data = rows },
            PolymarketJson.Wire.DataReplyIReadOnlyListDataApproval);
    }
}
