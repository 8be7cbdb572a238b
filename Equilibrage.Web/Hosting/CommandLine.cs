using System.CommandLine;
using System.Reflection;

namespace Equilibrage.Web.Hosting;

/// <summary>A verb's work: gets what was asked for, gives the exit code.</summary>
internal delegate Task<int> CommandAction(RunOptions options, CancellationToken cancellation);

/// <summary>What each verb does.</summary>
/// <param name="Run">Runs the desk until it is stopped.</param>
/// <param name="Sandbox">Runs the practice exchange alone until it is stopped.</param>
/// <param name="Replay">Feeds a recording back.</param>
/// <param name="Migrate">Brings the database up to date and ends.</param>
internal sealed record CommandActions(
    CommandAction Run, CommandAction Sandbox, CommandAction Replay, CommandAction Migrate)
{
    /// <summary>Compares journal, tables and the exchange's record.</summary>
    internal CommandAction Audit { get; init; } = AuditCommand.RunAsync;

    /// <summary>Pulls the kill switch.</summary>
    internal CommandAction Halt { get; init; } = HaltCommand.RunAsync;

    /// <summary>Clears the kill switch.</summary>
    internal CommandAction Resume { get; init; } = HaltCommand.ResumeAsync;

    /// <summary>Cancels every order without the desk.</summary>
    internal CommandAction CancelAll { get; init; } = CancelAllCommand.RunAsync;
}

/// <summary>
/// The command line: <c>run</c> (which may be left out), <c>sandbox</c>, <c>replay</c>, <c>migrate</c>, <c>audit</c>,
/// <c>halt</c>, <c>resume</c>, <c>cancel-all</c>, <c>vault</c>, <c>password</c>, <c>doctor</c>, <c>version</c>.
/// </summary>
internal static class CommandLine
{
    /// <summary>Carries out what the words ask for and gives the exit code; 2 when they cannot be understood.</summary>
    /// <param name="args">The words.</param>
    /// <param name="actions">What each verb does.</param>
    /// <param name="output">Where answers go; the console when null.</param>
    /// <param name="errors">Where complaints go; the console when null.</param>
    internal static async Task<int> InvokeAsync(
        string[] args, CommandActions actions, TextWriter? output = null, TextWriter? errors = null)
    {
        output ??= Console.Out;
        errors ??= Console.Error;
        var result = Root(actions, output).Parse(WithVerb(args));
        if (result.Errors.Count > 0)
        {
            foreach (var message in result.Errors.Select(error => error.Message).Distinct())
                await errors.WriteLineAsync(message);
            await errors.WriteLineAsync($"See: {result.CommandResult.Command.Name} --help");
            return ExitCodes.Usage;
        }

        // Signals are the host's business: it stops the desk and its database in order, however long that takes.
        return await result.InvokeAsync(new()
        {
            Output = output, Error = errors, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false,
        });
    }

    /// <summary>Name, version, and the commit when the build knew it.</summary>
    internal static string VersionText()
    {
        var version = typeof(CommandLine).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        return version.Split('+') is [var number, var commit]
            ? $"Equilibrage {number} (commit {commit})"
            : $"Equilibrage {version}";
    }

    private static RootCommand Root(CommandActions actions, TextWriter output)
    {
        var options = new CommandLineOptions();
        var root = new RootCommand("Equilibrage, a self-hosted Polymarket trading desk.")
        {
            Verb("run", "Runs the desk (also without the word run).", options.ForRun,
                (result, cancellation) => actions.Run(options.Read(result), cancellation)),
            Verb("sandbox", "Runs the practice exchange alone, for any client of the protocol.", options.ForSandbox,
                (result, cancellation) => actions.Sandbox(options.ReadSandbox(result), cancellation)),
            Verb("replay", "Feeds a recorded file back through the decoder and says what was in it.", options.ForReplay,
                (result, cancellation) => actions.Replay(options.ReadReplay(result), cancellation)),
            Verb("migrate", "Brings the database up to date and ends.", options.ForMigrate,
                (result, cancellation) => actions.Migrate(options.Read(result), cancellation)),
            Verb("audit", "Recomputes everything from the journal and names what differs.", options.ForAudit,
                (result, cancellation) => actions.Audit(options.ReadAudit(result), cancellation)),
            Verb("halt", "Pulls the kill switch of the running desk, also of one that is stuck.", options.ForHalt,
                (result, cancellation) => actions.Halt(options.ReadHalt(result), cancellation)),
            Verb("resume", "Clears the kill switch of the running desk.", options.ForResume,
                (result, cancellation) => actions.Resume(options.Read(result), cancellation)),
            Verb("cancel-all", "Cancels every order of the account, without the desk.", options.ForCancelAll,
                (result, cancellation) => actions.CancelAll(options.Read(result), cancellation)),
            Verb("version", "Prints name and version.", [], async (_, _) =>
            {
                await output.WriteLineAsync(VersionText());
                return ExitCodes.Done;
            }),
        };
        foreach (var verb in CustodyVerbs.All())
            root.Subcommands.Add(verb);
        return root;
    }

    private static Command Verb(
        string name, string description, IEnumerable<Symbol> options,
        Func<ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        foreach (var symbol in options)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
        }

        command.SetAction(work);
        return command;
    }

    private static string[] WithVerb(string[] args)
    {
        string[] ofRoot = ["-h", "-?", "--help", "--version"];
        var needsVerb = args.Length == 0 || (args[0].StartsWith('-') && !ofRoot.Contains(args[0]));
        return needsVerb ? ["run", .. args] : args;
    }
}
