using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// Holds a folder for one process. The kernel drops the lock when the process ends, however it ends; the database
/// server does not inherit it, so a server that outlived its application does not keep the folder.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    // What the framework reports when another process holds the lock: EWOULDBLOCK.
    private const int HeldByAnother = 11;

    private readonly FileStream _handle;

    private DataFolderLock(FileStream handle) => _handle = handle;

    /// <summary>Takes the folder, or says who has it.</summary>
    /// <exception cref="StorageException">Another process holds it, or it cannot be written.</exception>
    public static DataFolderLock Acquire(string folder)
    {
        var path = Path.Combine(folder, "lock");
        try
        {
            var handle = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(OwnerPath(folder), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(handle);
        }
        catch (IOException error) when (error.HResult == HeldByAnother)
        {
            throw new StorageException(
                $"The data folder {folder} is in use by another Equilibrage (pid {Owner(folder)}). "
                + "Stop that one first, or choose another folder with --data. A second copy that stands by for the "
                + "first needs a PostgreSQL server of yours: name it in ConnectionStrings__Equilibrage for both.",
                error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StorageException(
                $"The data folder {folder} cannot be written by this user. Change its owner, or choose another "
                + "with --data.", error);
        }
    }

    /// <summary>True when no living process holds the folder.</summary>
    public static bool IsFree(string folder)
    {
        try
        {
            using var handle = new FileStream(
                Path.Combine(folder, "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException error) when (error.HResult == HeldByAnother)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static string OwnerPath(string folder) => Path.Combine(folder, "lock.pid");

    private static string Owner(string folder) =>
        File.Exists(OwnerPath(folder)) ? File.ReadAllText(OwnerPath(folder)).Trim() : "unknown";
}
