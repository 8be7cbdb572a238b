namespace Equilibrage.Web.Components.Controls;

/// <summary>The icons of the application, drawn by <see cref="Icon"/>.</summary>
public enum IconName
{
    /// <summary>Four panes.</summary>
    Overview,

    /// <summary>A lens.</summary>
    Scanner,

    /// <summary>A clock that turns back.</summary>
    History,

    /// <summary>A page with lines.</summary>
    Journal,

    /// <summary>Sliders.</summary>
    Settings,

    /// <summary>A window with a side bar.</summary>
    Sidebar,

    /// <summary>The sun.</summary>
    Sun,

    /// <summary>The moon.</summary>
    Moon,

    /// <summary>A screen.</summary>
    Monitor,

    /// <summary>A clock.</summary>
    Clock,

    /// <summary>Two arrow heads.</summary>
    Speed,

    /// <summary>A warning sign.</summary>
    Warning,

    /// <summary>An empty tray.</summary>
    Inbox,

    /// <summary>A cross.</summary>
    Close,

    /// <summary>An arrow into a tray.</summary>
    Download,

    /// <summary>Two arrows in a circle.</summary>
    Refresh,

    /// <summary>An arrow to the right.</summary>
    ChevronRight,

    /// <summary>A stop sign.</summary>
    Stop,
}
