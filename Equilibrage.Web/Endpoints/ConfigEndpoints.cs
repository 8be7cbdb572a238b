using System.Text.Json.Nodes;
using Equilibrage.Core.Ports;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>The settings as one flat object; their ranges; changing some of them.</summary>
internal static class ConfigEndpoints
{
    private const string Tag = "Configuration";

    internal static void MapConfigSchema(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/config/schema", Schema).WithTags(Tag).WithName("getConfigSchema")
            .WithSummary("Every setting with its range, step, default and what it does.")
            .Produces<Page<SettingItem>>();
        routes.MapPost("/api/config/wallet", Wallet).WithTags(Tag).WithName("configureWallet")
            .WithSummary("Not there yet: wallets come with Live mode.").ProducesProblem(501);
    }

    internal static void MapConfig(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/config", (IDesk desk) => Flat(desk.Current.Settings)).WithTags(Tag).WithName("getConfig")
            .WithSummary("The settings in force.").WithMetadata(SettingsBody.Described);
        routes.MapPut("/api/config", ChangeAsync).WithTags(Tag).WithName("changeConfig")
            .WithSummary("Changes the settings that are given and answers with all of them.")
            .WithDescription(
                "Everything is checked first: all given settings are changed, or none. New positions use them.")
            .WithMetadata(SettingsBody.Described, IdempotencyKey.Described)
            .ProducesValidationProblem().ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
    }

    private static Page<SettingItem> Schema() =>
        new([.. SettingsCatalog.All.Select(SettingItem.From)], SettingsCatalog.All.Count);

    private static IResult Wallet() => Results.Problem(
        "Keys and seed phrases are never taken over this interface, where programs and logs would see them. Set the "
        + "wallet on the page Settings of Live mode, or with ./run.sh vault set.",
        statusCode: StatusCodes.Status501NotImplemented, title: "No wallets over this interface");

    private static async Task<IResult> ChangeAsync(HttpContext context, SettingsWriter writer)
    {
        var body = await BodyInput.ReadAsync(context, [.. SettingsCatalog.All.Select(setting => setting.Key)]);
        if (body.Problem is { } unreadable)
            return unreadable;
        var changes = new List<(SettingDefinition Setting, decimal Value)>();
        foreach (var name in body.Names)
        {
            var setting = SettingsCatalog.Find(name)!;
            if (body.Setting(setting) is not { } value)
                body.Fail(name, $"{name} must be a number.");
            else if (setting.Check(value) is { } message)
                body.Fail(name, message);
            else
                changes.Add((setting, value));
        }

        var key = IdempotencyKey.Read(context, body.Fail);
        if (body.Problem is { } problem)
            return problem;
        var change = await writer.ChangeAsync(
            key, settings => changes.Aggregate(settings, (all, one) => one.Setting.Set(all, one.Value)),
            context.RequestAborted);
        if (change.Errors.Count > 0)
            return Problems.Invalid(change.Errors.ToDictionary(error => error.Key, error => new[] { error.Message }));
        return change.Denial is { } denial ? Problems.Refused(denial) : Results.Ok(Flat(change.Settings));
    }

    private static JsonObject Flat(TradingSettings settings)
    {
        var flat = new JsonObject();
        foreach (var setting in SettingsCatalog.All)
            flat[setting.Key] = Value(setting, setting.Get(settings));

        return flat;
    }

    /// <summary>A setting's value as JSON: true or false, one of its words, or a number.</summary>
    internal static JsonNode Value(SettingDefinition setting, decimal value) => setting switch
    {
        { IsSwitch: true } => JsonValue.Create(value != 0),
        { Choices: { Count: > 0 } words } => JsonValue.Create(words[(int)value]),
        _ => JsonValue.Create(value),
    };
}

/// <summary>A setting's description.</summary>
/// <param name="Key">Its name in the configuration.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Unit">Unit for people; empty for a plain number.</param>
/// <param name="IsSwitch">True when its value is true or false; its range is then 0 to 1.</param>
/// <param name="Choices">The words that are allowed; its range then counts them from 0. Empty for a number.</param>
/// <param name="Min">Lowest allowed value.</param>
/// <param name="Max">Highest allowed value.</param>
/// <param name="Step">Values are multiples of this.</param>
/// <param name="Default">Value when nobody changed it.</param>
/// <param name="Help">What it does.</param>
internal sealed record SettingItem(
    string Key, string Group, string Label, string Unit, bool IsSwitch, IReadOnlyList<string> Choices, decimal Min,
    decimal Max, decimal Step, decimal Default, string Help)
{
    internal static SettingItem From(SettingDefinition setting) => new(
        setting.Key, setting.Group, setting.Label, setting.Unit, setting.IsSwitch, setting.Choices, setting.Min,
        setting.Max, setting.Step, setting.Default, setting.Help);
}
