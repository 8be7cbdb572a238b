using System.Text.Json;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>The JSON object in the body of a request, read strictly: unknown and repeated fields are refused.</summary>
internal sealed class BodyInput
{
    /// <summary>Largest body, bytes; no request that makes sense here comes near it.</summary>
    internal const int MaxBytes = 16 * 1024;

    private readonly Dictionary<string, JsonElement> fields = [];
    private readonly Dictionary<string, string[]> errors = [];
    private readonly IResult? refusal;

    private BodyInput(IResult? refusal = null) => this.refusal = refusal;

    /// <summary>The answer when something was wrong; null when nothing was. Ask after every value was read.</summary>
    internal IResult? Problem => refusal ?? (errors.Count == 0 ? null : Problems.Invalid(errors));

    /// <summary>Names of the fields that were given.</summary>
    internal IReadOnlyCollection<string> Names => fields.Keys;

    /// <summary>Reads the body; aliases become the names that they stand for.</summary>
    internal static async Task<BodyInput> ReadAsync(HttpContext context, IReadOnlyCollection<string> allowed)
    {
        // A form can be sent by any web page without asking; JSON cannot.
        if (!context.Request.HasJsonContentType())
            return new(Results.Problem(Problems.JsonWanted, statusCode: 415, title: "Unsupported media type"));
        try
        {
            using var document = await JsonDocument.ParseAsync(
                context.Request.Body, new() { MaxDepth = 4 }, context.RequestAborted);
            var input = new BodyInput();
            input.Take(document.RootElement, allowed);
            return input;
        }
        catch (JsonException error)
        {
            return new(Problems.Invalid("body", $"The body is not JSON: {error.Message}"));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new(Results.Problem(
                $"The body may have at most {MaxBytes} bytes.", statusCode: 413, title: "Content too large"));
        }
    }

    /// <summary>A text that must be there.</summary>
    internal string? RequiredText(string name, string expected)
    {
        if (fields.TryGetValue(name, out var field) && field.ValueKind == JsonValueKind.String)
            return field.GetString();
        Fail(name, $"{name} {expected}");
        return null;
    }

    /// <summary>A number of at most six decimals; null when absent. A switch may be true or false too.</summary>
    internal decimal? Number(string name, bool isSwitch = false)
    {
        if (!fields.TryGetValue(name, out var field))
            return null;
        if (isSwitch && field.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return field.ValueKind == JsonValueKind.True ? 1 : 0;
        var isNumber = field.ValueKind == JsonValueKind.Number;
        if (isNumber && field.TryGetDecimal(out var value) && decimal.Round(value, 6) == value)
            return value;
        Fail(name, isSwitch ? $"{name} must be true or false." : $"{name} must be a number of at most six decimals.");
        return null;
    }

    /// <summary>A setting's value: a number, true or false for a switch, one of its words for a choice.</summary>
    internal decimal? Setting(SettingDefinition setting)
    {
        var isWord = setting.Choices.Count > 0 && fields.TryGetValue(setting.Key, out var field)
            && field.ValueKind == JsonValueKind.String;
        if (!isWord)
            return Number(setting.Key, setting.IsSwitch);
        var value = setting.ValueOf(fields[setting.Key].GetString()!);
        if (value is null)
            Fail(setting.Key, $"{setting.Key} must be one of: {string.Join(", ", setting.Choices)}.");
        return value;
    }

    /// <summary>A text; null when absent.</summary>
    internal string? Text(string name)
    {
        if (!fields.TryGetValue(name, out var field))
            return null;
        if (field.ValueKind == JsonValueKind.String)
            return field.GetString();
        Fail(name, $"{name} must be a text.");
        return null;
    }

    /// <summary>A list of texts; null when absent.</summary>
    internal IReadOnlyList<string>? Texts(string name)
    {
        if (!fields.TryGetValue(name, out var field))
            return null;
        var isList = field.ValueKind == JsonValueKind.Array
            && field.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);
        if (isList)
            return [.. field.EnumerateArray().Select(item => item.GetString()!)];
        Fail(name, $"{name} must be a list of texts.");
        return null;
    }

    /// <summary>Notes what is wrong with a field.</summary>
    internal void Fail(string name, string message) => errors.TryAdd(name, [message]);

    private void Take(JsonElement root, IReadOnlyCollection<string> allowed)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Fail("body", "The body must be a JSON object.");
            return;
        }

        var known = $"Allowed are: {string.Join(", ", allowed)}.";
        foreach (var property in root.EnumerateObject())
        {
            foreach (var name in Aliases.Resolve(property.Name))
            {
                if (!allowed.Contains(name))
                    Fail(property.Name, $"{property.Name} is not a field here. {known}");
                else if (!fields.TryAdd(name, property.Value.Clone()))
                    Fail(name, $"{name} is given more than once.");
            }
        }
    }
}
