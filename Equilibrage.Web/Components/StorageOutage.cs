using Equilibrage.Core.Ports;
using System.Data.Common;

namespace Equilibrage.Web.Components;

/// <summary>Reading history can fail while the database is away; a page then says so and offers to try again.</summary>
public static class StorageOutage
{
    /// <summary>What a page says.</summary>
    public const string Title = "The history could not be read";

    /// <summary>What a page adds.</summary>
    public const string Detail = "The database does not answer. Live figures go on as soon as it does.";

    /// <summary>True for the errors of a database that is away.</summary>
    public static bool Is(Exception error) =>
        error is DbException or TimeoutException or IOException or JournalUnavailableException
        || (error is InvalidOperationException && error.InnerException is DbException or TimeoutException);
}
