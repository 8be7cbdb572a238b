using System.CommandLine;
using System.Globalization;
using System.Net;
using Equilibrage.Core.Primitives;
using Equilibrage.Web.Endpoints;

namespace Equilibrage.Web.Hosting;

/// <summary>The options of the command line: each reads one word and says what is allowed when it cannot.</summary>
internal sealed class CommandLineOptions
{
    private const string Now = "now";
    private const decimal MaxSpeed = 100_000;
    private static readonly RunOptions Defaults = new();

    private readonly Option<DeskMode> mode = Make(
        "--mode", "MODE",
        "sandbox (practice exchange, practice money), paper (live data, no key) or live (real money). "
            + "Default: sandbox.",
        Defaults.Mode,
        (string text, out DeskMode value) =>
        {
            value = text switch { "paper" => DeskMode.Paper, "live" => DeskMode.Live, _ => DeskMode.Sandbox };
            return text is "sandbox" or "paper" or "live";
        },
        "sandbox, paper or live");

    private readonly Option<string?> keyFile = Make<string?>(
        "--key-file", "FILE", "With --mode live: opens the vault in a passphrase's place (see docs/live.md).", null,
        (string text, out string? value) =>
        {
            var isPath = TryParsePath(text, out var path);
            value = path;
            return isPath;
        },
        "a file's path");

    private readonly Option<Uri?> exchange = Make<Uri?>(
        "--exchange", "URL",
        "A practice exchange that runs by itself: to trade on, or with --mode paper to read.", null,
        (string text, out Uri? value) =>
            Uri.TryCreate(text, UriKind.Absolute, out value) && value.Scheme is "http" or "https",
        "an address such as http://127.0.0.1:5090");

    private readonly Option<int> port = Make(
        "--port", "PORT", "TCP port of the pages and the API; 0 takes a free one. Default: 5080.", Defaults.Port,
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= ushort.MaxValue,
        "a whole number from 0 to 65535");

    private readonly Option<IPAddress> bind = Make(
        "--bind", "ADDRESS",
        "IP address to listen on; others than this one need EQUILIBRAGE_TOKEN. Default: 127.0.0.1.",
        Defaults.Bind, TryParseAddress, "an IP address such as 127.0.0.1, or localhost");

    private readonly Option<string> data = Make<string>(
        "--data", "DIR", "Folder that keeps everything; made when it is missing. Default: .equilibrage.", Defaults.Data,
        TryParsePath, "a folder's path");

    private readonly Option<long> seed = Make(
        "--seed", "N", "Seed of the practice universe: the same one makes the same markets. Default: 7.",
        Defaults.Seed,
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        "a whole number from 0 to 9223372036854775807");

    private readonly Option<string?> markets = Make<string?>(
        "--markets", "FILE", "Real markets to practise on: JSON lines of Polymarket's Gamma API, plain or .gz.", null,
        (string text, out string? value) =>
        {
            var isPath = TryParsePath(text, out var path);
            value = path;
            return isPath && File.Exists(path);
        },
        "an existing file of JSON lines, plain or .gz");

    private readonly Option<DateTimeOffset?> start = Make<DateTimeOffset?>(
        "--start", "TIME", "Market time at which practice begins, such as 2026-03-11T18:00:00Z.", null,
        (string text, out DateTimeOffset? value) =>
        {
            var isTime = Times.TryParse(text, out var time);
            value = time;
            return isTime;
        },
        "a time such as 2026-03-11T18:00:00Z (RFC 3339)");

    private readonly Option<decimal> speed = Make(
        "--speed", "X", "Market seconds per second on the practice exchange. Default: 3000.", Defaults.Speed,
        (string text, out decimal value) => TryParseNumber(text, out value) && value is >= 1 and <= MaxSpeed,
        "a number from 1 to 100000");

    private readonly Option<Usdc> capital = Make(
        "--capital", "DOLLARS", "Practice dollars to begin with. Default: 1000.", Defaults.Capital,
        (string text, out Usdc value) => Usdc.TryParse(text, out value) && value > Usdc.Zero,
        "dollars above 0 with at most six decimals");

    private readonly Option<int> exchangePort = Make(
        "--port", "PORT", "TCP port of the practice exchange; 0 takes a free one. Default: 5090.", 5090,
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= ushort.MaxValue,
        "a whole number from 0 to 65535");

    private readonly Option<decimal> exchangeSpeed = Make(
        "--speed", "X", "Market seconds per second. Default: 1.", 1m,
        (string text, out decimal value) => TryParseNumber(text, out value) && value is >= 1 and <= MaxSpeed,
        "a number from 1 to 100000");

    private readonly Option<string?> exchangeStart = Make<string?>(
        "--start", "TIME", "Market time at which practice begins: now, or such as 2026-03-11T18:00:00Z.", null,
        (string text, out string? value) =>
        {
            value = text;
            return text == Now || Times.TryParse(text, out _);
        },
        "now, or a time such as 2026-03-11T18:00:00Z (RFC 3339)");

    private readonly Option<string?> faults = Make<string?>(
        "--faults", "FILE", "Faults to inject, as JSON (see docs/practice-exchange.md).", null,
        (string text, out string? value) =>
        {
            var isPath = TryParsePath(text, out var path);
            value = path;
            return isPath && File.Exists(path);
        },
        "an existing file of faults");

    private readonly Option<bool> record = new("--record")
    {
        Description = "Keeps the raw frames of the live feed in the data folder, for replay.",
    };

    private readonly Option<bool> offline = new("--offline")
    {
        Description = "Leaves the exchange's record alone and says so.",
    };

    private readonly Option<bool> json = new("--json")
    {
        Description = "Prints one JSON document instead of lines.",
    };

    private readonly Option<string?> reason = Make<string?>(
        "--reason", "TEXT", "Why, for the journal and the pages; at most 200 characters.", null,
        (string text, out string? value) =>
        {
            value = text.Trim();
            return value.Length is > 0 and <= 200;
        },
        "a text of 1 to 200 characters");

    private readonly Argument<string?> recording = new("FILE")
    {
        Description = "A file of a recording, such as .equilibrage/recordings/*.frames.gz.",
    };

    private delegate bool TryParse<T>(string text, out T value);

    /// <summary>Options of <c>run</c>.</summary>
    internal IEnumerable<Option> ForRun =>
        [mode, exchange, keyFile, port, bind, data, seed, markets, start, speed, capital, record];

    /// <summary>Options of <c>sandbox</c>.</summary>
    internal IEnumerable<Option> ForSandbox =>
        [exchangePort, bind, data, seed, markets, exchangeStart, exchangeSpeed, capital, faults];

    /// <summary>What <c>replay</c> takes.</summary>
    internal IEnumerable<Symbol> ForReplay => [recording];

    /// <summary>Options of <c>migrate</c>.</summary>
    internal IEnumerable<Option> ForMigrate => [data];

    /// <summary>Options of <c>audit</c>.</summary>
    internal IEnumerable<Option> ForAudit => [data, offline, json];

    /// <summary>Options of <c>halt</c>.</summary>
    internal IEnumerable<Option> ForHalt => [data, reason];

    /// <summary>Options of <c>resume</c>.</summary>
    internal IEnumerable<Option> ForResume => [data];

    /// <summary>Options of <c>cancel-all</c>.</summary>
    internal IEnumerable<Option> ForCancelAll => [data, mode, exchange, keyFile];

    /// <summary>What was asked for. Options that a verb does not have keep their defaults.</summary>
    internal RunOptions Read(ParseResult result) => new()
    {
        Mode = result.GetValue(mode),
        Exchange = result.GetValue(exchange),
        KeyFile = result.GetValue(keyFile),
        Records = result.GetValue(record),
        Port = result.GetValue(port),
        Bind = result.GetValue(bind)!,
        Data = result.GetValue(data)!,
        Seed = result.GetValue(seed),
        Markets = result.GetValue(markets),
        Start = result.GetValue(start),
        Speed = result.GetValue(speed),
        Capital = result.GetValue(capital),
    };

    /// <summary>What was asked for with <c>sandbox</c>.</summary>
    internal RunOptions ReadSandbox(ParseResult result) => Read(result) with
    {
        Port = result.GetValue(exchangePort),
        Start = Times.TryParse(result.GetValue(exchangeStart) ?? "", out var time) ? time : null,
        StartsNow = result.GetValue(exchangeStart) == Now,
        Speed = result.GetValue(exchangeSpeed),
        Faults = result.GetValue(faults),
    };

    /// <summary>What was asked for with <c>replay</c>.</summary>
    internal RunOptions ReadReplay(ParseResult result) => new() { Recording = result.GetValue(recording) };

    /// <summary>What was asked for with <c>halt</c>.</summary>
    internal RunOptions ReadHalt(ParseResult result) => Read(result) with { Reason = result.GetValue(reason) };

    /// <summary>What was asked for with <c>audit</c>.</summary>
    internal RunOptions ReadAudit(ParseResult result) => Read(result) with
    {
        IsOffline = result.GetValue(offline), AsJson = result.GetValue(json),
    };

    private static Option<T> Make<T>(
        string name, string word, string description, T fallback, TryParse<T> tryParse, string allowed)
    {
        var option = new Option<T>(name)
        {
            HelpName = word,
            Description = description,
            DefaultValueFactory = _ => fallback,
        };
        option.CustomParser = argument =>
        {
            var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            if (tryParse(text, out var value))
                return value;
            argument.AddError($"{name} \"{text}\" cannot be used: it must be {allowed}.");
            return fallback;
        };
        return option;
    }

    private static bool TryParseNumber(string text, out decimal value) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static bool TryParseAddress(string text, out IPAddress value)
    {
        var isAddress = IPAddress.TryParse(text == "localhost" ? "127.0.0.1" : text, out var address);
        value = address ?? IPAddress.Loopback;
        return isAddress;
    }

    private static bool TryParsePath(string text, out string value)
    {
        var isPath = text.Trim().Length > 0 && !text.Contains('\0', StringComparison.Ordinal);
        value = isPath ? Path.GetFullPath(text) : "";
        return isPath;
    }
}
