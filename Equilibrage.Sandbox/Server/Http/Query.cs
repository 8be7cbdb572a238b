using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Http;

/// <summary>Reads a request's query; what cannot be read is refused with a text that says what is allowed.</summary>
internal static class Query
{
    /// <summary>A parameter's text, or null when absent or empty.</summary>
    public static string? Text(this HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
    }

    /// <summary>A parameter that has to be there.</summary>
    public static string Required(this HttpRequest request, string name) =>
        request.Text(name) ?? throw new BadRequestException($"{name} is required");

    /// <summary>All values of a parameter, whether it is repeated or comma-separated.</summary>
    public static IReadOnlyList<string> Texts(this HttpRequest request, string name)
    {
        var values = request.Query[name];
        return values.Count == 0
            ? []
            : [.. values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>A yes or no, or null when absent.</summary>
    public static bool? Flag(this HttpRequest request, string name) => request.Text(name) switch
    {
        null => null,
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => throw new BadRequestException($"{name} must be true or false", StatusCodes.Status422UnprocessableEntity),
    };

    /// <summary>A whole number, or null when absent.</summary>
    public static long? Number(this HttpRequest request, string name) => request.Text(name) switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            => value,
        _ => throw new BadRequestException($"{name} must be a whole number"),
    };
}
