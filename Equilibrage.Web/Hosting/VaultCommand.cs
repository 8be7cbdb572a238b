using Equilibrage.Web.Custody;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The wallet from the command line. Secrets are asked for, or read from standard input line by line; never from the
/// command line itself.
/// </summary>
internal static class VaultCommand
{
    /// <summary>
    /// Sets the wallet. Standard input has, where it is no terminal: the key or phrase, the passphrase (left out with a
    /// key file), the relayer's API key (may be left out).
    /// </summary>
    public static Task<int> SetAsync(RunOptions options, CancellationToken cancellation) =>
        WithVaultAsync(options, vault =>
        {
            var prompt = SecretPrompt.OfConsole();
            using var key = prompt.Ask("Private key or seed phrase (not shown): ");
            using var secret = options.KeyFile is { } path ? KeyOf(path) : prompt.AskTwice(
                "Passphrase that opens the vault (not shown): ", "The same again: ");
            var funder = options.Funder ?? (prompt.IsTerminal
                ? prompt.AskOpenly("Account that holds the money (empty: the key's own): ")
                : "");
            using var relayer = prompt.Ask("API key for the relayer (empty: none; not shown): ");
            using var draft = VaultDraft.Read(key, funder, relayer.IsEmpty ? null : relayer);
            var header = vault.Save(draft, secret, options.KeyFile is not null);
            Console.WriteLine($"The wallet is kept in {vault.Location}.");
            Show(header);
            return ExitCodes.Done;
        }, cancellation);

    /// <summary>Shows what is readable of the wallet.</summary>
    public static Task<int> ShowAsync(RunOptions options, CancellationToken cancellation) =>
        WithVaultAsync(options, vault =>
        {
            if (vault.ReadHeader() is { } header)
                Show(header);
            else
                Console.WriteLine("There is no wallet yet: ./run.sh vault set");
            return ExitCodes.Done;
        }, cancellation);

    /// <summary>Removes the wallet after its funder's last characters were typed.</summary>
    public static Task<int> RemoveAsync(RunOptions options, CancellationToken cancellation) =>
        WithVaultAsync(options, vault =>
        {
            if (vault.ReadHeader() is not { } header)
            {
                Console.WriteLine("There is no wallet.");
                return ExitCodes.Done;
            }

            var wanted = WalletEndpoints.ConfirmationOf(header);
            var typed = SecretPrompt.OfConsole().AskOpenly(
                $"Type {wanted}, the end of {header.Funder}, to remove the wallet from this machine: ");
            if (!string.Equals(typed.Trim(), wanted, StringComparison.OrdinalIgnoreCase))
                throw new VaultException("Nothing was removed.");
            vault.Remove();
            Console.WriteLine("The wallet is removed from this machine. Its money is where it was.");
            return ExitCodes.Done;
        }, cancellation);

    /// <summary>Allows new passphrases after too many wrong ones.</summary>
    public static Task<int> ResetAttemptsAsync(RunOptions options, CancellationToken cancellation) =>
        WithVaultAsync(options, vault =>
        {
            vault.ResetAttempts();
            Console.WriteLine("New passphrases are heard again.");
            return ExitCodes.Done;
        }, cancellation);

    private static Task<int> WithVaultAsync(
        RunOptions options, Func<Vault, int> work, CancellationToken cancellation) => StartUp.RunAsync(
        async _ =>
        {
            ProcessShield.Raise();
            using var vault = new Vault(options.Data, TimeProvider.System);
            try
            {
                return await Task.FromResult(work(vault));
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                throw new VaultException($"{vault.Location}: {error.Message}", error);
            }
        },
        cancellation);

    private static SecretBytes KeyOf(string path)
    {
        if (!File.Exists(path))
            KeyFile.Create(path);
        return KeyFile.Read(path);
    }

    private static void Show(VaultHeader header)
    {
        Console.WriteLine($"Key's account: {header.Address}");
        Console.WriteLine($"Funder:        {header.Funder} (signature type {(int)header.Wallet.Type})");
        Console.WriteLine($"Opens by:      {(header.OpensByKeyFile ? "key file" : "passphrase")}");
    }
}
