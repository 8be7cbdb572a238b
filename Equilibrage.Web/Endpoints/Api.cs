using Equilibrage.Web.Hubs;
using Equilibrage.Web.Live;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Equilibrage.Web.Endpoints;

/// <summary>The REST interface under <c>/api</c>, the health checks and their description.</summary>
public static class Api
{
    private const string Root = "/api";

    /// <summary>
    /// Adds what endpoints and hub need beside <c>IDesk</c> and <c>IHistory</c>, which the host adds.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Problems.Explain);
        services.AddExceptionHandler<ApiFaults>();
        services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        services.AddOpenApi("v1", OpenApiText.Configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SettingsWriter>();
        services.AddSingleton<JournalStories>();
        services.AddHubs();
        return services;
    }

    /// <summary>Maps everything under <c>/api</c>, <c>/health</c> and <c>/openapi</c>.</summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(Owns, api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
        });
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();

        var api = app.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(BodyInput.MaxBytes));
        api.MapConfigSchema();
        var desk = api.MapGroup("").AddEndpointFilter<EngineGate>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        desk.MapOverview();
        desk.MapPositions();
        desk.MapHistory();
        desk.MapIncidents();
        desk.MapOpportunities();
        desk.MapConfig();
        desk.MapDecisions();
        desk.MapJournal();
        desk.MapAlerts();
        desk.MapHalt();
        desk.MapEntryStatistics();
        return app;
    }

    /// <summary>True for requests whose every answer, errors too, must be readable by programs.</summary>
    internal static bool Owns(HttpContext context)
    {
        // The error handler works on a request whose path may have been changed; the feature keeps the original.
        var original = context.Features.Get<IHttpRequestFeature>()?.Path;
        return context.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal)
            || new PathString(original).StartsWithSegments(Root, StringComparison.Ordinal);
    }

    /// <summary>Declares the query parameters that an endpoint reads.</summary>
    internal static RouteHandlerBuilder WithParameters(
        this RouteHandlerBuilder builder, params ReadOnlySpan<Parameter> parameters) =>
        builder.WithMetadata(new ParameterList([.. parameters]))
            .ProducesValidationProblem();
}

/// <summary>Part of a list and how long the whole is.</summary>
/// <param name="Items">The asked part, in the list's order.</param>
/// <param name="Total">Length of the whole list.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long Total)
{
    /// <summary>The asked part of a list in memory.</summary>
    internal static Page<T> Of(IReadOnlyList<T> all, QueryInput query) =>
        new([.. all.Skip(query.Offset).Take(query.Limit)], all.Count);
}
