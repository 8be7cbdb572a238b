using System.Globalization;
using System.Text.Json.Nodes;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Equilibrage.Web.Endpoints;

/// <summary>Marks the operations whose body is the flat object of settings.</summary>
internal sealed class SettingsBody
{
    private SettingsBody()
    {
    }

    internal static SettingsBody Described { get; } = new();
}

/// <summary>What the OpenAPI document says beyond what the framework finds out by itself.</summary>
internal static class OpenApiText
{
    private const string JsonType = "application/json";

    internal static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Equilibrage";
            document.Info.Description =
                "A self-hosted Polymarket trading desk. Money is dollars, prices are dollars per share, as numbers of "
                + "at most six decimals; ids and tokens are strings; times are RFC 3339 in UTC. Lists answer items and "
                + "total. Errors are application/problem+json.";
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type,
                context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
    }

    // The framework sees through none of our converters; without this, money and ids would be described as anything.
    private static void Describe(OpenApiSchema schema, Type type, Type declared)
    {
        var (kind, format) = type switch
        {
            _ when type == typeof(decimal) || type == typeof(Usdc) || type == typeof(Price) || type == typeof(Quantity)
                => (JsonSchemaType.Number, null),
            _ when type == typeof(DateTimeOffset) => (JsonSchemaType.String, "date-time"),
            _ when type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>))
                => (JsonSchemaType.String, null),
            _ => ((JsonSchemaType?)null, (string?)null),
        };
        if (kind is null)
            return;
        schema.Type = declared == type ? kind : kind | JsonSchemaType.Null;
        schema.Format = format;
        schema.Properties = null;
        schema.Required = null;
    }

    private static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<ParameterList>().SelectMany(list => list.All))
            operation.Parameters.Add(parameter.Describe());
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            if (parameter is { In: ParameterLocation.Path, Name: "id" })
                parameter.Description = "The position's id, a UUID.";
        }

        if (metadata.OfType<IdempotencyKey>().Any())
            operation.Parameters.Add(KeyHeader());
        if (metadata.OfType<SettingsBody>().Any())
            DescribeSettings(operation, metadata.OfType<IdempotencyKey>().Any());
        if (operation.RequestBody?.Content?.TryGetValue(JsonType, out var body) is true && body.Example is null)
            body.Example = EnterExample();
    }

    private static OpenApiParameter KeyHeader() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "An id of your own for this command. Repeating it is safe: it is carried out once.",
        Schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.MaxLength,
        },
        Example = "5f0c6d5e-0d1b-4c2a-9b57-0f6f0c1f2a11",
    };

    private static JsonObject EnterExample() => new()
    {
        ["marketId"] = "0x1595b4818eeb1ea1e0bec5de6f057218e557feee9b405a0e930d290384fa1d16",
        ["capitalAmount"] = 100,
        ["ratioYes"] = 0.5m,
    };

    private static void DescribeSettings(OpenApiOperation operation, bool takesBody)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = SettingsCatalog.All.ToDictionary(setting => setting.Key, Describe),
        };
        var all = SettingsCatalog.All.Select(setting => KeyValuePair.Create(setting.Key, Default(setting)));
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse
        {
            Description = "All settings.",
            Content = Content(schema, new(all)),
        };
        if (!takesBody)
            return;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = Content(schema, new() { ["maxPositions"] = 5, ["stopLossYesPercent"] = 20 }),
        };
    }

    private static Dictionary<string, OpenApiMediaType> Content(OpenApiSchema schema, JsonObject example) =>
        new() { [JsonType] = new() { Schema = schema, Example = example } };

    private static IOpenApiSchema Describe(SettingDefinition setting) => setting switch
    {
        { IsSwitch: true } => new OpenApiSchema
        {
            Type = JsonSchemaType.Boolean, Description = setting.Help, Default = Default(setting),
        },
        { Choices.Count: > 0 } => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = setting.Help,
            Enum = [.. setting.Choices.Select(choice => (JsonNode)JsonValue.Create(choice))],
            Default = Default(setting),
        },
        _ => new OpenApiSchema
        {
            Type = JsonSchemaType.Number,
            Description = setting.Help,
            Minimum = setting.Min.ToString(CultureInfo.InvariantCulture),
            Maximum = setting.Max.ToString(CultureInfo.InvariantCulture),
            MultipleOf = setting.Step,
            Default = Default(setting),
        },
    };

    private static JsonNode? Default(SettingDefinition setting) => ConfigEndpoints.Value(setting, setting.Default);
}
