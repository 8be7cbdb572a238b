using System.Globalization;
using System.Net;

namespace Equilibrage.Web.Security;

/// <summary>Where the web surface listens and who may use it.</summary>
/// <param name="Bind">The address to listen on; loopback unless a token is set.</param>
/// <param name="Port">The TCP port, 0 to 65535; 0 takes a free one.</param>
/// <param name="Token">The access token, or null when loopback alone is the boundary.</param>
/// <param name="Hosts">Further host names under which browsers may reach this application.</param>
/// <param name="KeyFolder">Where the keys that protect cookies are kept; null keeps them in memory.</param>
public sealed record WebSecurityOptions(
    IPAddress Bind, int Port, string? Token, IReadOnlyList<string> Hosts, string? KeyFolder = null)
{
    /// <summary>
    /// The operator's password; null where the desk has none. Where there is one and no token, it lets the desk listen
    /// beyond loopback.
    /// </summary>
    public OperatorPassword? Password { get; init; }

    /// <summary>True when the password is asked for on loopback too: real money is at stake.</summary>
    public bool AsksPassword { get; init; }

    /// <summary>True when nobody sees the desk without signing in.</summary>
    public bool AsksSignIn => Token is not null || AsksPassword || (Password is { IsSet: true } && !IsLoopback);

    private bool IsLoopback => IPAddress.IsLoopback(Bind);

    /// <summary>The environment variable that holds the access token.</summary>
    public const string TokenKey = "EQUILIBRAGE_TOKEN";

    /// <summary>The environment variable that holds further host names, separated by commas.</summary>
    public const string HostsKey = "EQUILIBRAGE_HOSTS";

    /// <summary>Shorter tokens could be guessed.</summary>
    public const int MinTokenLength = 16;

    /// <summary>The port when none is given.</summary>
    public const int DefaultPort = 5080;

    /// <summary>Reads <c>bind</c>, <c>port</c>, the token and the host names.</summary>
    /// <exception cref="WebSecurityException">A value cannot be used; the message says what to do.</exception>
    public static WebSecurityOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new WebSecurityOptions(
            ParseBind(configuration["bind"]),
            ParsePort(configuration["port"]),
            string.IsNullOrWhiteSpace(configuration[TokenKey]) ? null : configuration[TokenKey]!.Trim(),
            Split(configuration[HostsKey]));
        options.Validate();
        return options;
    }

    /// <summary>Refuses what would open the desk to strangers.</summary>
    /// <exception cref="WebSecurityException">The combination is not safe; the message says what to do.</exception>
    public void Validate()
    {
        if (Token is { Length: < MinTokenLength })
            throw new WebSecurityException(
                $"{TokenKey} has {Token.Length} characters; use at least {MinTokenLength}, for example the output "
                + "of: openssl rand -hex 24");
        if (Token is null && !IsLoopback && Password is not { IsSet: true })
            throw new WebSecurityException(
                $"Listening on {Bind} would let anyone who reaches this machine trade. Set {TokenKey} to a secret "
                + "of your own or a password with ./run.sh password first, or leave --bind at 127.0.0.1.");
        if (Port is < 0 or > 65535)
            throw new WebSecurityException($"Port {Port} does not exist; choose 0 to 65535.");
    }

    private static IPAddress ParseBind(string? text) => text switch
    {
        null or "" or "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ when IPAddress.TryParse(text, out var address) => address,
        _ => throw new WebSecurityException(
            $"--bind {text} is not an IP address; use 127.0.0.1, or 0.0.0.0 for every interface."),
    };

    private static int ParsePort(string? text)
    {
        if (string.IsNullOrEmpty(text)) return DefaultPort;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new WebSecurityException($"--port {text} is not a number; choose 0 to 65535.");
    }

    private static string[] Split(string? hosts) =>
        (hosts ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The web surface was configured in a way that is not safe or not possible.</summary>
public sealed class WebSecurityException(string message) : Exception(message);
