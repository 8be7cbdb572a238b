using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>Output of a short command.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, errors after results.</param>
internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>
/// The operating-system user that the server runs as: ourselves, or as root another one, since PostgreSQL refuses root.
/// </summary>
/// <param name="Name">Name in <c>/etc/passwd</c>; null for ourselves.</param>
/// <param name="User">Its user number.</param>
/// <param name="Group">Its group number.</param>
internal sealed record ServerAccount(string? Name, uint User, uint Group)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>True when the server runs as somebody else.</summary>
    public bool IsOther => Name is not null;

    /// <summary>Chooses the account for a new cluster.</summary>
    public static ServerAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(null, 0, 0);
        return Preferred.Select(Find).FirstOrDefault(account => account is not null) ?? throw new StorageException(
            "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as. "
            + "Create one (useradd --system postgres) or run Equilibrage as an ordinary user.");
    }

    /// <summary>The account of an existing cluster.</summary>
    public static ServerAccount Named(string? name)
    {
        if (name is null || !Environment.IsPrivilegedProcess)
            return new ServerAccount(null, 0, 0);
        return Find(name) ?? throw new StorageException(
            $"The database belongs to the user '{name}', which does not exist any more. "
            + $"Create it again (useradd --system {name}).");
    }

    /// <summary>Describes a program start as this user, in a clean environment.</summary>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        return Describe([.. SwitchUser(), program, .. arguments]);
    }

    /// <summary>
    /// Describes the start of a program that outlives a Ctrl-C: in a session of its own, so that the terminal's signal
    /// reaches only us and we stop it when the last write is done.
    /// </summary>
    public ProcessStartInfo Daemon(string program, IEnumerable<string> arguments)
    {
        return Describe(["setsid", .. SwitchUser(), program, .. arguments]);
    }

    /// <summary>Runs a short program as this user to its end.</summary>
    public async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Command(program, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return new CommandResult(127, error.Message);
        }

        var results = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new CommandResult(process.ExitCode, (await results + await errors).Trim());
    }

    /// <summary>Creates a folder that only this user can enter, and root.</summary>
    public void CreatePrivateFolder(string path)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Own(path);
    }

    /// <summary>Gives a file or folder to this user.</summary>
    public void Own(string path)
    {
        if (IsOther)
            Posix.ChangeOwner(path, User, Group);
    }

    private static ServerAccount? Find(string name)
    {
        var fields = File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
            .FirstOrDefault(fields => fields.Length >= 4 && fields[0] == name);
        return fields is null
            ? null
            : new ServerAccount(
                name,
                uint.Parse(fields[2], CultureInfo.InvariantCulture),
                uint.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    private static ProcessStartInfo Describe(string[] line)
    {
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        var path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment.Clear();
        start.Environment["PATH"] = $"{path}:/usr/bin:/bin:/usr/sbin:/sbin";
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private string[] SwitchUser() => !IsOther ? [] :
    [
        "setpriv",
        string.Create(CultureInfo.InvariantCulture, $"--reuid={User}"),
        string.Create(CultureInfo.InvariantCulture, $"--regid={Group}"),
        "--clear-groups",
        "--",
    ];
}
