using System.CommandLine;

namespace Equilibrage.Web.Hosting;

/// <summary>The verbs of wallet, password and doctor.</summary>
internal static class CustodyVerbs
{
    private static readonly Option<string> Data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder that keeps everything. Default: .equilibrage.",
        DefaultValueFactory = _ => new RunOptions().Data,
        CustomParser = argument => Path.GetFullPath(argument.Tokens[0].Value),
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        HelpName = "FILE",
        Description = "Opens the vault in a passphrase's place; vault set makes it when it is missing.",
        CustomParser = argument => Path.GetFullPath(argument.Tokens[0].Value),
    };

    private static readonly Option<string?> Funder = new("--funder")
    {
        HelpName = "ADDRESS",
        Description = "The account that holds the money: the address on the exchange's profile page.",
    };

    private static readonly Option<DeskMode> Mode = new("--mode")
    {
        HelpName = "MODE",
        Description = "What to look at: live, paper or sandbox. Default: live.",
        DefaultValueFactory = _ => DeskMode.Live,
    };

    private static readonly Option<Uri?> Exchange = new("--exchange")
    {
        HelpName = "URL",
        Description = "A practice exchange in Polymarket's place.",
        CustomParser = argument =>
        {
            if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var root))
                return root;
            argument.AddError("--exchange must be an address such as http://127.0.0.1:5090.");
            return null;
        },
    };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints the findings as JSON." };

    private static readonly Option<bool> LiveTest = new("--livetest")
    {
        Description = "Places one real order, the smallest, far from the market, and cancels it. Needs the vault.",
    };

    /// <summary>The verbs.</summary>
    public static IEnumerable<Command> All()
    {
        yield return new Command("vault", "The wallet of Live mode, encrypted on this machine.")
        {
            Verb("set", "Keeps a private key or seed phrase.", VaultCommand.SetAsync, Data, KeyFile, Funder),
            Verb("show", "Shows its account; never the key.", VaultCommand.ShowAsync, Data),
            Verb("remove", "Removes it from this machine.", VaultCommand.RemoveAsync, Data),
            Verb(
                "reset-attempts", "Allows new passphrases after too many wrong ones.", VaultCommand.ResetAttemptsAsync,
                Data),
        };
        yield return Verb("password", "Sets the operator's password.", PasswordCommand.RunAsync, Data);
        yield return Verb(
            "doctor", "Looks whether everything is right for trading, and says what to mend.", DoctorCommand.RunAsync,
            Mode, Data, Exchange, KeyFile, AsJson, LiveTest);
    }

    private static Command Verb(string name, string description, CommandAction action, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction((result, cancellation) => action(Read(result, options), cancellation));
        return command;
    }

    private static RunOptions Read(ParseResult result, IReadOnlyCollection<Option> options) => new()
    {
        Data = result.GetValue(Data)!,
        KeyFile = options.Contains(KeyFile) ? result.GetValue(KeyFile) : null,
        Funder = options.Contains(Funder) ? result.GetValue(Funder) : null,
        Mode = options.Contains(Mode) ? result.GetValue(Mode) : DeskMode.Live,
        Exchange = options.Contains(Exchange) ? result.GetValue(Exchange) : null,
        AsJson = options.Contains(AsJson) && result.GetValue(AsJson),
        IsLiveTest = options.Contains(LiveTest) && result.GetValue(LiveTest),
    };
}
