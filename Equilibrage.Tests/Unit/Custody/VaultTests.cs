using System.Text;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Custody;

namespace Equilibrage.Tests.Unit.Custody;

[Trait("Tier", "Unit")]
public sealed class VaultTests : IDisposable
{
    private const string Key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string Account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    private const string Passphrase = "five quiet otters paddle north";

    private readonly TempFolder folder = new();
    private readonly ManualTime clock = new();
    private readonly Vault vault;

    public VaultTests() => vault = new(folder.Path, clock, VaultCipher.FewestRounds);

    [Fact]
    public async Task Vault_OpensWithItsPassphrase_AndSignsForTheAccount()
    {
        Save();

        using var opened = await vault.OpenAsync(Text(Passphrase), default);

        Assert.Equal(Account, opened.Signer.Address.ToString());
        Assert.Equal(SignatureType.Eoa, opened.Wallet.Type);
        Assert.Null(opened.Relayer);
        Assert.Equal(Account, vault.ReadHeader()!.Address);
    }

    [Fact]
    public void File_IsPrivateAndHoldsNoSecret()
    {
        Save();

        var text = File.ReadAllText(vault.Location);
        Assert.True(PrivateFile.IsPrivate(vault.Location));
        Assert.DoesNotContain(Key[2..], text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            Convert.ToBase64String(Convert.FromHexString(Key[2..]))[..40], text, StringComparison.Ordinal);
        Assert.DoesNotContain("otters", text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.new"));
        Assert.True(vault.ReadHeader()!.Rounds >= 600_000);
    }

    [Fact]
    public async Task Vault_AnyChangedByte_DoesNotOpen()
    {
        Save();
        var bytes = File.ReadAllBytes(vault.Location);
        var text = Encoding.ASCII.GetString(bytes);
        // Another funder, fewer rounds, another secret: each is authenticated or refused.
        var other = WalletDerivation.Safe(EthereumAddress.Parse(Account), Contracts.Polygon).ToString();
        foreach (var changed in (string[])
            [
                text.Replace($"\"funder\":\"{Account}\"", $"\"funder\":\"{other}\"", StringComparison.Ordinal),
                text.Replace("\"rounds\":600000", "\"rounds\":600001", StringComparison.Ordinal),
                text.Replace("\"rounds\":600000", "\"rounds\":1", StringComparison.Ordinal),
                text[..^4] + (text[^4] == 'A' ? "B" : "A") + text[^3..],
            ])
        {
            Assert.NotEqual(text, changed);
            vault.ResetAttempts();
            await File.WriteAllTextAsync(vault.Location, changed, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<VaultException>(() => vault.OpenAsync(Text(Passphrase), default));
        }
    }

    [Fact]
    public async Task Vault_WrongPassphrases_AreSlowedAndCountedOverRestarts()
    {
        Save();
        await RefuseAsync(vault, "not right");
        await RefuseAsync(vault, "not right");
        await RefuseAsync(vault, "try again in 1 s");
        Assert.Contains("try again in 1 s", await RefuseAsync(vault, "Too many"), StringComparison.Ordinal);

        using var restarted = new Vault(folder.Path, clock);
        await RefuseAsync(restarted, "Too many");
        clock.Advance(TimeSpan.FromSeconds(1));
        await RefuseAsync(restarted, "try again in 2 s");
        // The right one has to wait as well, or the wait would tell nothing.
        var early = await Assert.ThrowsAsync<VaultException>(() => restarted.OpenAsync(Text(Passphrase), default));
        Assert.Contains("2 s", early.Message, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromSeconds(2));
        using (await restarted.OpenAsync(Text(Passphrase), default))
            Assert.Null(restarted.WhyNotNow());
    }

    [Fact]
    public async Task Attempts_After20WrongOnes_NoneIsHeardUntilReset()
    {
        using var limit = new AttemptLimit(Path.Combine(folder.Path, "count.json"), AttemptRules.Vault, clock);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.NotNull(await limit.TryAsync(() => Task.FromResult(false), default));
            clock.Advance(TimeSpan.FromHours(1));
        }

        var why = await limit.TryAsync(() => Task.FromResult(true), default);
        Assert.Contains("reset-attempts", why, StringComparison.Ordinal);
        limit.Reset();
        Assert.Null(await limit.TryAsync(() => Task.FromResult(true), default));
    }

    [Fact]
    public async Task Attempts_ProcessEndsWhileJudging_CountTheTry()
    {
        var path = Path.Combine(folder.Path, "count.json");
        var rules = new AttemptRules(0, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), null);
        using (var limit = new AttemptLimit(path, rules, clock))
        {
            await Assert.ThrowsAsync<OperationCanceledException>(() => limit.TryAsync(
                () => throw new OperationCanceledException(), default));
        }

        using var next = new AttemptLimit(path, rules, clock);
        Assert.Contains("10 s", next.WhyNot(), StringComparison.Ordinal);
        // A clock that is set back does not lengthen the wait beyond its length.
        using var past = new AttemptLimit(path, rules, new ManualTime());
        Assert.NotNull(past.WhyNot());
    }

    [Theory]
    [InlineData("0x1234", "neither a private key")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000", "neither a private key")]
    [InlineData("abandon abandon", "has 12, 15")]
    public void Draft_OfSomethingElse_SaysSoAndRepeatsNothing(string entered, string expected)
    {
        using var secret = Text(entered);

        var error = Assert.Throws<VaultException>(() => VaultDraft.Read(secret, null));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(entered, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_FunderOfAnotherKey_IsRefusedAndOneOfItsOwnClassified()
    {
        using var key = Text(Key);
        var safe = WalletDerivation.Safe(EthereumAddress.Parse(Account), Contracts.Polygon).ToString();

        using (var draft = VaultDraft.Read(key, safe))
            Assert.Equal(SignatureType.PolyGnosisSafe, draft.Wallet.Type);
        Assert.Throws<VaultException>(() => VaultDraft.Read(key, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
        Assert.Throws<VaultException>(() => VaultDraft.Read(key, "somebody"));
    }

    [Fact]
    public async Task Vault_WithAKeyFile_OpensByItAndBewaresOfOthers()
    {
        var path = Path.Combine(folder.Path, "vault.key");
        KeyFile.Create(path);
        using (var key = Text(Key))
        using (var secret = KeyFile.Read(path))
        using (var draft = VaultDraft.Read(key, null))
            vault.Save(draft, secret, isKeyFile: true);

        using (var secret = KeyFile.Read(path))
        using (var opened = await vault.OpenAsync(secret, default))
            Assert.Equal(Account, opened.Signer.Address.ToString());

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Contains(
            "chmod 600", Assert.Throws<VaultException>(() => KeyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_RelayerKey_ComesBackWithTheSigner()
    {
        using var key = Text(Key);
        using var relayer = Text("01967c03-b8c8-7000-8f68-8b8eaec6fd3d");
        using (var draft = VaultDraft.Read(key, null, relayer))
            vault.Save(draft, Text(Passphrase), isKeyFile: false);

        using var opened = await vault.OpenAsync(Text(Passphrase), default);

        Assert.NotNull(opened.Relayer);
        Assert.DoesNotContain("01967c03", File.ReadAllText(vault.Location), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_AreClearedWhenDisposed()
    {
        var secret = Text(Passphrase);
        var room = secret.Room;

        secret.Dispose();

        Assert.All(room.ToArray(), left => Assert.Equal(0, left));
        Assert.True(secret.IsEmpty);
    }

    public void Dispose()
    {
        vault.Dispose();
        folder.Dispose();
    }

    private static SecretBytes Text(string text) => SecretBytes.FromText(text);

    private static async Task<string> RefuseAsync(Vault vault, string expected)
    {
        var error = await Assert.ThrowsAsync<VaultException>(
            () => vault.OpenAsync(Text("wrong wrong wrong"), default));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private void Save()
    {
        using var key = Text(Key);
        using var draft = VaultDraft.Read(key, null);
        vault.Save(draft, Text(Passphrase), isKeyFile: false);
    }
}
