using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equilibrage.Web.Custody;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Equilibrage.Web.Security;

/// <summary>
/// The operator's password: only its hash is kept (PBKDF2-SHA512 of the framework), in a private file of the data
/// folder. Wrong ones are slowed, and the count outlives restarts.
/// </summary>
public sealed class OperatorPassword : IDisposable
{
    /// <summary>Shorter passwords could be guessed.</summary>
    public const int ShortestLength = 10;

    private const int LongestLength = 256;
    private const int Rounds = 600_000;
    private const string Operator = "operator";

    private readonly string path;
    private readonly AttemptLimit attempts;
    private readonly PasswordHasher<string> hasher = new(Options.Create(
        new PasswordHasherOptions { IterationCount = Rounds }));

    private readonly byte[] setupKey = RandomNumberGenerator.GetBytes(32);
    private volatile bool isSetupUsed;

    /// <summary>The password of a data folder.</summary>
    public OperatorPassword(string data, TimeProvider clock)
    {
        path = Path.Combine(data, "operator.json");
        attempts = new(Path.Combine(data, "operator.attempts.json"), AttemptRules.Password, clock);
    }

    /// <summary>True once one was set.</summary>
    public bool IsSet => File.Exists(path);

    /// <summary>Names the password without giving it away, so that a changed one ends the sessions of the old one.
    /// </summary>
    public string Stamp => IsSet
        ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)).AsSpan(0, 8))
        : "";

    /// <summary>
    /// What the one-time link carries with which the first password is chosen; worthless once there is one.
    /// </summary>
    public string SetupKey => Convert.ToHexStringLower(setupKey);

    /// <summary>True when this is the key of the one-time link and the link is still good.</summary>
    public bool MayBeSetWith(string? key) =>
        !IsSet && !isSetupUsed && key is not null && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(SetupKey), Encoding.ASCII.GetBytes(key));

    /// <summary>Why a password cannot be used, as a sentence; null when it can.</summary>
    public static string? WhyNot(string? password) => password switch
    {
        null or { Length: < ShortestLength } =>
            $"The password is too short: take at least {ShortestLength} characters, better four random words.",
        { Length: > LongestLength } => $"The password is too long: at most {LongestLength} characters.",
        _ => null,
    };

    /// <summary>Why no guess is heard now, as a sentence; null when one is.</summary>
    public string? WhyNotNow() => attempts.WhyNot();

    /// <summary>Sets or replaces it.</summary>
    /// <exception cref="ArgumentException"><see cref="WhyNot"/> has an objection.</exception>
    public void Set(string password)
    {
        if (WhyNot(password) is { } why)
            throw new ArgumentException(why, nameof(password));
        isSetupUsed = true;
        PrivateFile.Write(
            path, JsonSerializer.SerializeToUtf8Bytes(new Kept(hasher.HashPassword(Operator, password))));
        attempts.Reset();
    }

    /// <summary>Judges a guess.</summary>
    /// <returns>Null when it is right, else why not, as a sentence.</returns>
    public Task<string?> TryAsync(string? guess, CancellationToken cancellation) => attempts.TryAsync(
        () => Task.Run(() => IsRight(guess), CancellationToken.None), cancellation);

    /// <inheritdoc/>
    public void Dispose() => attempts.Dispose();

    private bool IsRight(string? guess)
    {
        if (!IsSet || guess is not { Length: > 0 and <= LongestLength })
            return false;
        var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path));
        return kept is not null
            && hasher.VerifyHashedPassword(Operator, kept.Hash, guess) != PasswordVerificationResult.Failed;
    }

    private sealed record Kept(string Hash);
}
