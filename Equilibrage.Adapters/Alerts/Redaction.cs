using System.Text.RegularExpressions;

namespace Equilibrage.Adapters.Alerts;

/// <summary>
/// Takes out of a text what must not leave the machine or be shown: keys, tokens, addresses with secrets in them.
/// </summary>
internal static partial class Redaction
{
    private const int Longest = 1_500;

    /// <summary>The text without secrets, of bounded length.</summary>
    public static string Text(string text)
    {
        var clean = UserInfo().Replace(text, "${scheme}");
        clean = Address().Replace(clean, "${site}/…");
        clean = BotToken().Replace(clean, "[token]");
        clean = Bearer().Replace(clean, "${word} [secret]");
        clean = Hex().Replace(clean, match => $"{match.Value[..6]}…{match.Value[^4..]}");
        clean = Opaque().Replace(clean, "[secret]");
        return clean.Length <= Longest ? clean : clean[..(Longest - 1)] + "…";
    }

    /// <summary>An address as it may be shown: scheme and host.</summary>
    public static string Target(Uri address) => $"{address.Scheme}://{address.Authority}/…";

    /// <summary>A chat as it may be shown.</summary>
    public static string Chat(string id) => id.Length <= 2 ? "••" : $"•••{id[^2..]}";

    [GeneratedRegex(@"\b(?<site>[a-z][a-z0-9+.-]*://[^\s/?#@""']+)[/?#][^\s""']*", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?<scheme>[a-z][a-z0-9+.-]*://)[^\s/@""']*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b\d{6,}:[A-Za-z0-9_-]{20,}")]
    private static partial Regex BotToken();

    [GeneratedRegex(@"\b(?<word>Bearer|Basic|Password|Token|Secret|Passphrase)[=: ]+\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\b(?:0x)?[0-9a-fA-F]{40,}\b")]
    private static partial Regex Hex();

    [GeneratedRegex(
        @"\b(?=[A-Za-z0-9+/_-]*\d)(?=[A-Za-z0-9+/_-]*[A-Z])(?=[A-Za-z0-9+/_-]*[a-z])[A-Za-z0-9+/_-]{32,}=*")]
    private static partial Regex Opaque();
}
