namespace Equilibrage.Web.Components.Layout;

/// <summary>Light, dark, or whatever the operating system says.</summary>
public enum Theme
{
    /// <summary>Follow the operating system.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}

/// <summary>
/// What the browser remembers about the shell. It lives in cookies and not in local storage, so the first
/// response already has the right theme and nothing flashes.
/// </summary>
/// <param name="Theme">The chosen theme.</param>
/// <param name="NavigationCollapsed">True when the wide navigation is folded to icons.</param>
public sealed record ShellPreferences(Theme Theme, bool NavigationCollapsed)
{
    /// <summary>Name of the theme cookie.</summary>
    public const string ThemeCookie = "equilibrage-theme";

    /// <summary>Name of the navigation cookie.</summary>
    public const string NavigationCookie = "equilibrage-nav";

    /// <summary>System theme, navigation open.</summary>
    public static ShellPreferences Default { get; } = new(Theme.System, NavigationCollapsed: false);

    /// <summary>The theme as the style sheets and the cookie spell it.</summary>
    public string ThemeName => NameOf(Theme);

    /// <summary>How the style sheets and the cookie spell a theme.</summary>
    public static string NameOf(Theme theme) => theme switch
    {
        Theme.Light => "light",
        Theme.Dark => "dark",
        _ => "system",
    };

    /// <summary>Reads the cookies; anything unknown counts as not set.</summary>
    public static ShellPreferences FromCookies(IRequestCookieCollection cookies) => new(
        cookies[ThemeCookie] switch { "light" => Theme.Light, "dark" => Theme.Dark, _ => Theme.System },
        cookies[NavigationCookie] == "rail");
}
