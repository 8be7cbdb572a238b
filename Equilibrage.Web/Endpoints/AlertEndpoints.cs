using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>Alerts: where they go, what goes there, and whether it arrives. Secrets go in and never out.</summary>
internal static class AlertEndpoints
{
    private const string Tag = "Alerts";
    private const string ChannelExpected = "must be webhook, discord or telegram.";
    private static readonly string[] Fields = ["channel", "enabled", "target", "token", "kinds", "dailyHour"];

    internal static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/alerts", ViewAsync).WithTags(Tag).WithName("getAlerts")
            .WithSummary("Every channel with what goes there, its masked target and last result; the queue.")
            .Produces<AlertsAnswer>();
        routes.MapPut("/api/alerts", ChangeAsync).WithTags(Tag).WithName("changeAlerts")
            .WithSummary("Changes one channel; fields that are absent stay as they are, an empty text removes one.")
            .Accepts<AlertRequest>("application/json")
            .Produces<AlertsAnswer>().ProducesValidationProblem().ProducesProblem(413).ProducesProblem(415);
        routes.MapPost("/api/alerts/test", TestAsync).WithTags(Tag).WithName("testAlerts")
            .WithSummary("Sends a test over a channel at once and says what it answered.")
            .Accepts<AlertTestRequest>("application/json")
            .Produces<AlertResult>().ProducesValidationProblem().ProducesProblem(413).ProducesProblem(415);
    }

    private static async Task<IResult> ViewAsync(HttpContext context, IAlerts alerts) =>
        QueryInput.Read(context).Problem
            ?? Results.Ok(AlertsAnswer.From(await alerts.ViewAsync(context.RequestAborted)));

    private static async Task<IResult> ChangeAsync(HttpContext context, IAlerts alerts)
    {
        var body = await BodyInput.ReadAsync(context, Fields);
        if (body.Problem is { } unreadable)
            return unreadable;
        var channel = Channel(body);
        var kinds = Kinds(body);
        var hour = body.Number("dailyHour");
        if (hour is { } given && (given < 0 || given > 23 || given % 1 != 0))
            body.Fail("dailyHour", "dailyHour must be a whole hour of UTC from 0 to 23.");
        var enabled = body.Number("enabled", isSwitch: true);
        var change = new AlertChange(
            channel, enabled is null ? null : enabled != 0, body.Text("target"), body.Text("token"), kinds, (int?)hour);
        if (body.Problem is { } problem)
            return problem;
        var wrong = await alerts.ChangeAsync(change, context.RequestAborted);
        return wrong is { } field
            ? Problems.Invalid(field.Field, field.Message)
            : Results.Ok(AlertsAnswer.From(await alerts.ViewAsync(context.RequestAborted)));
    }

    private static async Task<IResult> TestAsync(HttpContext context, IAlerts alerts)
    {
        var body = await BodyInput.ReadAsync(context, ["channel"]);
        if (body.Problem is { } unreadable)
            return unreadable;
        var channel = Channel(body);
        return body.Problem ?? Results.Ok(await alerts.TestAsync(channel, context.RequestAborted));
    }

    private static AlertChannel Channel(BodyInput body)
    {
        var isKnown = Enum.TryParse<AlertChannel>(
            body.RequiredText("channel", ChannelExpected), ignoreCase: true, out var channel)
            && Enum.IsDefined(channel);
        if (!isKnown)
            body.Fail("channel", $"channel {ChannelExpected}");
        return channel;
    }

    private static List<AlertKind>? Kinds(BodyInput body)
    {
        if (body.Texts("kinds") is not { } names)
            return null;
        var kinds = new List<AlertKind>();
        foreach (var name in names)
        {
            if (AlertRules.Kinds.TryGetValue(name, out var kind))
                kinds.Add(kind);
            else
                body.Fail("kinds", $"kinds may hold: {string.Join(", ", AlertRules.Kinds.Keys)}.");
        }

        return kinds;
    }
}

/// <summary>A change of one channel.</summary>
/// <param name="Channel">webhook, discord or telegram.</param>
/// <param name="Enabled">Whether alerts go there.</param>
/// <param name="Target">Webhook address or chat id; empty removes it. Never shown again.</param>
/// <param name="Token">Telegram's bot token; empty removes it. Never shown again.</param>
/// <param name="Kinds">What goes there.</param>
/// <param name="DailyHour">Hour of UTC of the daily summary, 0 to 23.</param>
internal sealed record AlertRequest(
    string Channel, bool? Enabled, string? Target, string? Token, IReadOnlyList<string>? Kinds, int? DailyHour);

/// <summary>Which channel to test.</summary>
/// <param name="Channel">webhook, discord or telegram.</param>
internal sealed record AlertTestRequest(string Channel);

/// <summary>The alerts' settings without secrets, and their queue.</summary>
/// <param name="Channels">Every channel.</param>
/// <param name="Kinds">Every kind of alert.</param>
/// <param name="DailyHour">Hour of UTC of the daily summary.</param>
/// <param name="Queued">Alerts that wait.</param>
/// <param name="Failed">Alerts that a channel refused for good.</param>
/// <param name="Dropped">Alerts that the queue's bound dropped, ever.</param>
internal sealed record AlertsAnswer(
    IReadOnlyList<AlertChannelItem> Channels, IReadOnlyList<string> Kinds, int DailyHour, long Queued, long Failed,
    long Dropped)
{
    internal static AlertsAnswer From(AlertsView view) => new(
        [.. view.Channels.Select(AlertChannelItem.From)], [.. AlertRules.Kinds.Keys], view.DailyHour, view.Queued,
        view.Failed, view.Dropped);
}

/// <summary>A channel without its secrets.</summary>
/// <param name="Channel">webhook, discord or telegram.</param>
/// <param name="Enabled">True when alerts go there.</param>
/// <param name="Target">Where they go, masked; null when nothing is set.</param>
/// <param name="HasToken">True when a bot token is set.</param>
/// <param name="Kinds">What goes there.</param>
/// <param name="LastResult">What became of the last attempt.</param>
/// <param name="LastAt">Wall time of that attempt.</param>
internal sealed record AlertChannelItem(
    string Channel, bool Enabled, string? Target, bool HasToken, IReadOnlyList<string> Kinds, string? LastResult,
    DateTimeOffset? LastAt)
{
    internal static AlertChannelItem From(AlertChannelView view) => new(
        Say.Words(view.Channel), view.IsEnabled, view.Target, view.HasToken,
        [.. view.Kinds.Select(AlertRules.Code)], view.LastResult, view.LastAt);
}
