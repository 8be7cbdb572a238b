using System.Text;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Security;

namespace Equilibrage.Web.Hosting;

/// <summary>Sets or replaces the operator's password; open sessions of the old one end.</summary>
internal static class PasswordCommand
{
    /// <summary>Runs and answers the exit code.</summary>
    public static Task<int> RunAsync(RunOptions options, CancellationToken cancellation) => StartUp.RunAsync(
        _ =>
        {
            using var typed = SecretPrompt.OfConsole().AskTwice("New password (not shown): ", "The same again: ");
            var chosen = Encoding.UTF8.GetString(typed.Span);
            if (OperatorPassword.WhyNot(chosen) is { } why)
                throw new VaultException(why);
            using var password = new OperatorPassword(options.Data, TimeProvider.System);
            password.Set(chosen);
            Console.WriteLine("The password is set. A desk that listens beyond loopback takes it after a restart.");
            return Task.FromResult(ExitCodes.Done);
        },
        cancellation);
}
