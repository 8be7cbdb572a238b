using System.Globalization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Endpoints;

/// <summary>
/// The query of a request, read strictly: a misspelt filter is refused, since ignoring it would answer more than was
/// asked for.
/// </summary>
internal sealed class QueryInput
{
    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, string[]> errors = [];

    private QueryInput()
    {
    }

    /// <summary>The answer when something was wrong; null when nothing was. Ask after every value was read.</summary>
    internal IResult? Problem => errors.Count == 0 ? null : Problems.Invalid(errors);

    /// <summary>Where the asked part of a list starts.</summary>
    internal int Offset => Integer(Parameter.Offset) ?? 0;

    /// <summary>How many items are asked for.</summary>
    internal int Limit => Integer(Parameter.Limit) ?? 0;

    /// <summary>Reads the query against what the endpoint declares.</summary>
    internal static QueryInput Read(HttpContext context)
    {
        var allowed = context.GetEndpoint()?.Metadata.GetMetadata<ParameterList>()?.All ?? [];
        var names = allowed.Select(parameter => parameter.Name).ToList();
        var input = new QueryInput();
        foreach (var (given, texts) in context.Request.Query)
        {
            var name = Aliases.Resolve(given)[0];
            if (!names.Contains(name))
                input.Fail(given, $"{given} is not a parameter here. {Allowed(names)}");
            else if (texts.Count != 1 || !input.values.TryAdd(name, texts[0] ?? ""))
                input.Fail(name, $"{name} is given more than once.");
        }

        return input;
    }

    /// <summary>A whole number, or its default.</summary>
    internal int? Integer(Parameter parameter)
    {
        if (!values.TryGetValue(parameter.Name, out var text))
            return parameter.Default;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= parameter.Min && value <= parameter.Max)
            return value;
        Fail(parameter.Name, $"{parameter.Name} must be a whole number from {parameter.Min} to {parameter.Max}.");
        return null;
    }

    /// <summary>Text; null when absent or empty.</summary>
    internal string? Text(Parameter parameter)
    {
        var text = values.GetValueOrDefault(parameter.Name);
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (parameter.Choices.Count > 0 && !parameter.Choices.Contains(text))
            Fail(parameter.Name, $"{parameter.Name} must be one of: {string.Join(", ", parameter.Choices)}.");
        if (text.Length > parameter.Max)
            Fail(parameter.Name, $"{parameter.Name} may have at most {parameter.Max} characters.");
        return text;
    }

    /// <summary>A time; null when absent.</summary>
    internal DateTimeOffset? Time(Parameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (Times.TryParse(text, out var time))
            return time;
        Fail(parameter.Name, $"{parameter.Name} must look like 2026-03-11T18:00:00Z or 2026-03-11.");
        return null;
    }

    /// <summary>A market; null when absent.</summary>
    internal MarketId? Market(Parameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (MarketIds.TryParse(text, out var id))
            return id;
        Fail(parameter.Name, $"{parameter.Name} {MarketIds.Expected}");
        return null;
    }

    /// <summary>Notes what is wrong with a parameter.</summary>
    internal void Fail(string name, string message) => errors.TryAdd(name, [message]);

    private static string Allowed(IReadOnlyList<string> names) =>
        names.Count == 0 ? "This address takes none." : $"Allowed are: {string.Join(", ", names)}.";
}

/// <summary>Condition ids as text.</summary>
internal static class MarketIds
{
    internal const string Pattern = "^0x[0-9a-fA-F]{64}$";
    internal const string Expected = "must be a condition id: 0x and 64 hexadecimal digits, as a string.";

    /// <summary>Reads a condition id; its digits are made lower case, as the venue writes them.</summary>
    internal static bool TryParse(string text, out MarketId id)
    {
        id = new(text.ToLowerInvariant());
        return text.Length == 66 && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
