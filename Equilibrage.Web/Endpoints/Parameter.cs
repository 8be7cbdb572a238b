using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Equilibrage.Web.Endpoints;

/// <summary>What a query parameter holds.</summary>
internal enum ParameterKind
{
    Text,
    Integer,
    Time,
    MarketId,
}

/// <summary>One query parameter: read, checked and described from the same declaration.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">A sentence for the OpenAPI document.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>Where a list starts.</summary>
    internal static Parameter Offset { get; } = new("offset", ParameterKind.Integer, "How many items to skip.")
    {
        Min = 0, Max = int.MaxValue, Default = 0,
    };

    /// <summary>How much of a list is answered.</summary>
    internal static Parameter Limit { get; } = new("limit", ParameterKind.Integer, "How many items to answer at most.")
    {
        Min = 1, Max = 1000, Default = 100,
    };

    /// <summary>Lowest allowed number.</summary>
    internal int Min { get; init; }

    /// <summary>Highest allowed number, or greatest length of text.</summary>
    internal int Max { get; init; } = 200;

    /// <summary>Number when it is absent; null for none.</summary>
    internal int? Default { get; init; }

    /// <summary>The only texts that are allowed; empty for any.</summary>
    internal IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>An example for the OpenAPI document.</summary>
    internal string? Example { get; init; }

    /// <summary>The parameter for the OpenAPI document.</summary>
    internal OpenApiParameter Describe() => new()
    {
        Name = Name,
        In = ParameterLocation.Query,
        Description = Description,
        Example = Example,
        Schema = Kind switch
        {
            ParameterKind.Integer => new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = Min.ToString(CultureInfo.InvariantCulture),
                Maximum = Max.ToString(CultureInfo.InvariantCulture),
                Default = Default is { } number ? JsonValue.Create(number) : null,
            },
            ParameterKind.Time => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            ParameterKind.MarketId => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = MarketIds.Pattern },
            _ => new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MaxLength = Max,
                Enum = Choices.Count == 0 ? null : [.. Choices.Select(choice => (JsonNode)choice)],
            },
        },
    };
}

/// <summary>The query parameters of an endpoint, kept with it for the OpenAPI document.</summary>
/// <param name="All">The parameters.</param>
internal sealed record ParameterList(IReadOnlyList<Parameter> All);
