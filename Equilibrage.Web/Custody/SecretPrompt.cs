using System.Security.Cryptography;

namespace Equilibrage.Web.Custody;

/// <summary>
/// Asks for secrets: on a terminal without showing what is typed, else a line of standard input for each. Secrets never
/// come from the command line, which every process of the machine can read.
/// </summary>
internal sealed class SecretPrompt
{
    private const int Longest = 4096;

    private readonly Stream? input;
    private readonly TextWriter output;

    /// <summary>Asks through the given streams.</summary>
    /// <param name="input">Where lines come from; null for the terminal.</param>
    /// <param name="output">Where questions go.</param>
    public SecretPrompt(Stream? input, TextWriter output) => (this.input, this.output) = (input, output);

    /// <summary>True when somebody types.</summary>
    public bool IsTerminal => input is null;

    /// <summary>Asks whoever started this process.</summary>
    public static SecretPrompt OfConsole() =>
        new(Console.IsInputRedirected ? Console.OpenStandardInput() : null, Console.Error);

    /// <summary>Asks for something secret; nothing at all when the input has ended.</summary>
    /// <exception cref="VaultException">The answer is too long.</exception>
    public SecretBytes Ask(string question)
    {
        if (input is not null)
            return ReadLine(input);
        output.Write(question);
        output.Flush();
        var letters = GC.AllocateArray<char>(Longest, pinned: true);
        try
        {
            var length = ReadKeys(letters);
            output.WriteLine();
            return SecretBytes.FromText(letters.AsSpan(0, length));
        }
        finally
        {
            Array.Clear(letters);
        }
    }

    /// <summary>Asks for something that may be seen.</summary>
    public string AskOpenly(string question)
    {
        if (input is not null)
        {
            using var line = ReadLine(input);
            return System.Text.Encoding.UTF8.GetString(line.Span);
        }

        output.Write(question);
        output.Flush();
        return Console.ReadLine() ?? "";
    }

    /// <summary>Asks twice on a terminal, so that a slip of the finger does not lock the vault for ever.</summary>
    /// <exception cref="VaultException">The answers differ.</exception>
    public SecretBytes AskTwice(string question, string again)
    {
        var first = Ask(question);
        if (!IsTerminal)
            return first;
        using var second = Ask(again);
        if (CryptographicOperations.FixedTimeEquals(first.Span, second.Span))
            return first;
        first.Dispose();
        throw new VaultException("The two are not the same. Nothing was changed.");
    }

    private static int ReadKeys(char[] letters)
    {
        var length = 0;
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return length;
            if (key.Key == ConsoleKey.Backspace)
                length = Math.Max(0, length - 1);
            else if (key.KeyChar >= ' ' && length < letters.Length)
                letters[length++] = key.KeyChar;
        }
    }

    private static SecretBytes ReadLine(Stream input)
    {
        var line = new SecretBytes(Longest);
        var length = 0;
        int next;
        while ((next = input.ReadByte()) is not (-1 or '\n'))
        {
            if (length == Longest)
            {
                line.Dispose();
                throw new VaultException("The line is too long to be a key, a phrase or a passphrase.");
            }

            line.Span[length++] = (byte)next;
        }

        if (length > 0 && line.Span[length - 1] == '\r')
            length--;
        line.Cut(length);
        return line;
    }
}
