using System.Security.Cryptography;

namespace Equilibrage.Web.Security;

/// <summary>
/// Lets whoever may read the data folder pull and clear the kill switch without signing in: made anew with every start,
/// kept in a file that only its owner may read, good for nothing else.
/// </summary>
internal sealed class ControlToken
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-Equilibrage-Control";

    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "control.token";

    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly AccessToken token;

    private ControlToken(string text) => token = new(text);

    /// <summary>Makes one and writes it into the data folder, in the place of an earlier one.</summary>
    public static ControlToken Create(string data)
    {
        var text = RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true);
        var path = Path.Combine(data, FileName);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        File.Delete($"{path}.new");
        using (var file = new StreamWriter($"{path}.new", options))
            file.Write(text);
        File.Move($"{path}.new", path, overwrite: true);
        return new(text);
    }

    /// <summary>The token of a data folder; null when it cannot be read.</summary>
    public static string? Read(string data)
    {
        try
        {
            return File.ReadAllText(Path.Combine(data, FileName)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True when the request carries it.</summary>
    public bool Admits(HttpRequest request) => token.Matches(request.Headers[Header].ToString());
}
