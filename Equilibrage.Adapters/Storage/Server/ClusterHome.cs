using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// Where one data folder's cluster lies. An ordinary user has it inside the data folder. Root has it in a system folder
/// that the server's user can reach, even when the data folder is below a private home; the data folder then points to
/// it.
/// </summary>
internal sealed class ClusterHome
{
    private const string PointerName = "postgres.json";

    private ClusterHome(string folder, string copies, ServerAccount account)
    {
        Folder = folder;
        Copies = copies;
        Account = account;
    }

    /// <summary>The folder of everything below.</summary>
    public string Folder { get; }

    /// <summary>Where server programs are copied to when the account cannot reach them.</summary>
    public string Copies { get; }

    /// <summary>Who runs the server and owns the cluster.</summary>
    public ServerAccount Account { get; }

    /// <summary>PostgreSQL's own data directory.</summary>
    public string Cluster => Path.Combine(Folder, "cluster");

    /// <summary>The superuser's password, readable by the owner only.</summary>
    public string PasswordFile => Path.Combine(Folder, "password");

    /// <summary>True once <c>initdb</c> has finished.</summary>
    public bool IsInitialized => File.Exists(Path.Combine(Cluster, "PG_VERSION"));

    /// <summary>The major version of the cluster, null when there is none yet.</summary>
    public string? Major =>
        IsInitialized ? File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim() : null;

    /// <summary>
    /// Finds the data folder's cluster home, or makes an empty one. The caller holds the data folder.
    /// </summary>
    public static async Task<ClusterHome> OpenAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var data = Path.GetFullPath(options.DataFolder);
        var pointer = Path.Combine(data, PointerName);
        if (File.Exists(pointer))
            return Follow(pointer, options);

        var account = ServerAccount.Choose();
        if (!account.IsOther)
        {
            var inside = Path.Combine(data, "postgres");
            account.CreatePrivateFolder(inside);
            return new ClusterHome(inside, inside, account);
        }

        CreateSystemFolder(options.SystemFolder);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..16];
        var home = new ClusterHome(Path.Combine(options.SystemFolder, hash), options.SystemFolder, account);
        await home.SetAsideAsync(options, cancellation);
        account.CreatePrivateFolder(home.Folder);
        // Whole or not at all: a pointer cut short by a crash would lose the way to the database.
        var draft = pointer + ".new";
        await File.WriteAllTextAsync(
            draft, JsonSerializer.Serialize(new Pointer(home.Folder, account.Name!)), cancellation);
        File.Move(draft, pointer, overwrite: true);
        return home;
    }

    /// <summary>The data folder's cluster home as it is; null when it has none. Makes nothing.</summary>
    public static ClusterHome? Find(EmbeddedPostgresOptions options)
    {
        var data = Path.GetFullPath(options.DataFolder);
        var pointer = Path.Combine(data, PointerName);
        var inside = Path.Combine(data, "postgres");
        var home = File.Exists(pointer)
            ? Follow(pointer, options)
            : new ClusterHome(inside, inside, ServerAccount.Choose());
        return home.IsInitialized ? home : null;
    }

    /// <summary>The superuser's password, made up on first use.</summary>
    public string Password()
    {
        if (!File.Exists(PasswordFile))
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var file = new StreamWriter(PasswordFile, options))
                file.Write(RandomNumberGenerator.GetHexString(48, lowercase: true));
            Account.Own(PasswordFile);
        }

        return File.ReadAllText(PasswordFile).Trim();
    }

    private static ClusterHome Follow(string pointer, EmbeddedPostgresOptions options)
    {
        var target = JsonSerializer.Deserialize<Pointer>(File.ReadAllText(pointer))
            ?? throw new StorageException($"{pointer} is empty. Restore it, or delete the data folder to begin anew.");
        if (!Environment.IsPrivilegedProcess)
        {
            throw new StorageException(
                $"The database of this data folder was made by root and lies in {target.Folder}. "
                + "Start Equilibrage as root, or choose another folder with --data.");
        }

        if (!Directory.Exists(target.Folder))
        {
            throw new StorageException(
                $"The database {target.Folder}, to which {pointer} points, is gone. "
                + $"Restore it, or delete {Path.GetDirectoryName(pointer)} to begin anew.");
        }

        return new ClusterHome(target.Folder, options.SystemFolder, ServerAccount.Named(target.Account));
    }

    private static void CreateSystemFolder(string folder)
    {
        const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (Directory.Exists(folder))
            return;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Passable);
    }

    /// <summary>
    /// A cluster without a pointer belongs to a data folder of the same name that was deleted, perhaps while its server
    /// ran: whoever deletes the folder wants to begin anew. The last such cluster is kept beside, in case that was a
    /// mistake.
    /// </summary>
    private async Task SetAsideAsync(EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (!Directory.Exists(Folder))
            return;
        var running = await Postmaster.FindAsync(this, options, cancellation);
        if (running is not null)
            await running.StopAsync();
        var aside = $"{Folder}.removed";
        if (Directory.Exists(aside))
            Directory.Delete(aside, recursive: true);
        Directory.Move(Folder, aside);
    }

    private sealed record Pointer(string Folder, string Account);
}
