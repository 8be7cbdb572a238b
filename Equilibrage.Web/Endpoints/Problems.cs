using Equilibrage.Core.Orders;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>Every answer that is not a success: problem+json (RFC 9457) with what was wrong and allowed.</summary>
internal static class Problems
{
    internal const string RuleKey = "rule";
    internal const string JsonWanted = "Send a JSON object with the header Content-Type: application/json.";
    private const string RetrySeconds = "2";

    /// <summary>400: each field with what is allowed.</summary>
    internal static IResult Invalid(IReadOnlyDictionary<string, string[]> errors) => Results.ValidationProblem(
        errors.ToDictionary(), detail: string.Join(' ', errors.Values.SelectMany(messages => messages)),
        title: "The request is not valid");

    /// <summary>400 about one field.</summary>
    internal static IResult Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>404.</summary>
    internal static IResult NotFound(string detail, DenyReason? rule = null) =>
        Results.Problem(detail, statusCode: 404, title: "Not found", extensions: Rule(rule?.Code()));

    /// <summary>409: the rule that refused, as a code and as a sentence with its numbers.</summary>
    internal static IResult Refused(string rule, string detail) =>
        Results.Problem(detail, statusCode: 409, title: "Refused", extensions: Rule(rule));

    /// <summary>What the engine refused: 404 for what does not exist, else 409.</summary>
    internal static IResult Refused(Denial denial) =>
        denial.Reason is DenyReason.UnknownMarket or DenyReason.UnknownPosition
            ? NotFound(denial.Explain(), denial.Reason)
            : Refused(denial.Reason.Code(), denial.Explain());

    /// <summary>503 with the time after which to ask again.</summary>
    internal static IResult Unavailable(HttpContext context, string detail)
    {
        context.Response.Headers.RetryAfter = RetrySeconds;
        return Results.Problem(detail, statusCode: 503, title: "Not ready");
    }

    /// <summary>Says what would help where the framework itself turned a request away.</summary>
    internal static void Explain(ProblemDetailsContext context)
    {
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status404NotFound => "Nothing is served here. /openapi/v1.json lists every address.",
            StatusCodes.Status405MethodNotAllowed => "Not with this method; the Allow header names the possible ones.",
            StatusCodes.Status415UnsupportedMediaType => JsonWanted,
            _ => null,
        };
    }

    /// <summary>Why the engine cannot answer now; null when it can.</summary>
    internal static string? WhyNotReady(DeskView view)
    {
        var why = view.Activity switch
        {
            EngineActivity.Running => view.Overview is null ? "The engine is starting." : null,
            EngineActivity.Recovering => "The engine is recovering its state.",
            EngineActivity.Standby => "This copy is on standby: another process trades this account.",
            EngineActivity.WaitingForDatabase => "The database is away: nothing is decided or sent until it is back.",
            _ => "The engine has stopped.",
        };
        return why is null || string.IsNullOrEmpty(view.ActivityDetail) ? why : view.ActivityDetail;
    }

    private static Dictionary<string, object?>? Rule(string? rule) => rule is null ? null : new() { [RuleKey] = rule };
}
