using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Diagnosis;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Tests.Integration.Custody;

/// <summary>Each finding of the doctor against a practice exchange that has the fault in question.</summary>
[Trait("Tier", "Integration")]
public sealed class DoctorTests(PracticeServerFixture exchange) : IClassFixture<PracticeServerFixture>, IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly EthereumSigner signer = EthereumSigner.Generate();
    private readonly HttpClient http = new();
    private Vault vault = null!;

    public ValueTask InitializeAsync()
    {
        vault = new(folder.Path, TimeProvider.System, VaultCipher.FewestRounds);
        http.BaseAddress = exchange.Address;
        PrivateFile.Write(vault.Location, "not looked into"u8);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        using var ended = await http.DeleteAsync("practice/faults");
        http.Dispose();
        vault.Dispose();
        signer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Patient_InGoodHealth_HasNoFindings()
    {
        var report = await LookAsync(Patient());

        Assert.True(report.IsClean, Text(report));
        foreach (var check in (string[])
            ["clock", "region", "reachability", "sample market", "key", "wallet", "allowances", "balances", "library",
                "vault", "disk"])
            Assert.Contains(report.Findings, finding => finding.Check == check);
        Assert.All(report.Findings, finding => Assert.EndsWith(".", finding.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clock_ThatIsTenSecondsSlow_IsFoundAndCorrectedFor()
    {
        var late = new ShiftedTime(TimeSpan.FromSeconds(-10));

        var report = await LookAsync(Patient() with { Clock = late });

        var found = Assert.Single(report.Problems);
        Assert.Contains("behind the exchange's", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("timedatectl", found.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_ThatIsBlocked_IsFoundAndNotEvaded()
    {
        await FaultAsync("""{"kind":"block_place"}""");

        var found = await FindAsync(Patient(), "region");

        Assert.Contains("takes no orders from", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_ThatMayOnlyReduce_IsFound()
    {
        await FaultAsync("""{"kind":"closed_only"}""");

        Assert.Contains("only reduce", await FindAsync(Patient(), "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_ThatTheExchangeRefuses_IsFound()
    {
        await FaultAsync("""{"kind":"error","route":"POST /auth/api-key","status":401}""");

        Assert.Contains("no API key", await FindAsync(Patient(), "key"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rpc")]
    [InlineData("socket")]
    [InlineData("gamma")]
    public async Task Service_ThatDoesNotAnswer_IsFoundByName(string which)
    {
        var nowhere = new Uri("http://127.0.0.1:9/");
        var ends = Endpoints();
        var broken = which switch
        {
            "rpc" => ends with { Rpc = nowhere },
            "socket" => ends with { UserSocket = new("ws://127.0.0.1:9/") },
            _ => ends with { Gamma = nowhere },
        };

        var report = await LookAsync(Patient() with { Endpoints = broken });

        Assert.Contains(
            report.Problems,
            finding => finding.Check == "reachability"
                && finding.Sentence.Contains("does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_OfAnotherChain_IsFound()
    {
        var report = await LookAsync(Patient() with { Endpoints = Endpoints() with { ChainId = 80002 } });

        Assert.Contains(
            report.Problems, finding => finding.Sentence.Contains("serves chain 137", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task Allowance_ThatIsMissing_IsFoundWithItsContract(int which)
    {
        var approval = Approval.Required(Contracts.Polygon)[which];
        var revoked = approval.IsForOutcomeTokens
            ? Calldata.SetApprovalForAll(approval.Token, approval.Spender, isAllowed: false)
            : Calldata.Approve(approval.Token, approval.Spender, 0);
        await SendAsync(revoked);

        var found = await FindAsync(Patient(), "allowances");

        Assert.Contains(approval.Spender.ToString(), found, StringComparison.Ordinal);
        Assert.Contains(approval.Purpose, found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_OfADepositWallet_IsReadThere()
    {
        var wallet = WalletDerivation.DepositWallet(signer.Address, Contracts.Polygon);
        var typed = new TradingWallet(signer.Address, wallet, SignatureType.Poly1271);

        var report = await LookAsync(Patient() with { Wallet = typed });

        Assert.True(report.IsClean, Text(report));
        Assert.Contains("signed by type 3", Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wallet_ThatWasNeverDeployed_IsFound()
    {
        // The key has not been heard of there, and its vault is closed, so that nobody has deployed its Safe.
        using var unknown = EthereumSigner.Generate();
        var safe = WalletDerivation.Safe(unknown.Address, Contracts.Polygon);
        var typed = new TradingWallet(unknown.Address, safe, SignatureType.PolyGnosisSafe);

        var found = await FindAsync(Patient() with { Wallet = typed, Signer = null }, "wallet");

        Assert.Contains("does not exist on the chain yet", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_ThatIsClosed_IsFound() =>
        Assert.Contains(
            "is closed", await FindAsync(Patient() with { Signer = null }, "vault"), StringComparison.Ordinal);

    [Fact]
    public async Task Vault_ThatOthersMayRead_IsFound()
    {
        File.SetUnixFileMode(vault.Location, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Contains("Others may read", await FindAsync(Patient(), "vault"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_ThatIsMissing_IsFound()
    {
        File.Delete(vault.Location);

        Assert.Contains(
            "no wallet yet", await FindAsync(Patient() with { Signer = null }, "vault"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Books_EqualToTheChain_AreFine_AndUnsettledTradesExplainADifference()
    {
        var equal = await LookAsync(Patient(Books(1_000, 0)));
        var unsettled = await LookAsync(Patient(Books(990, -10)));
        var wrong = await LookAsync(Patient(Books(900, 0)));

        Assert.True(equal.IsClean, Text(equal));
        Assert.True(unsettled.IsClean, Text(unsettled));
        Assert.Contains(
            unsettled.Findings,
            finding => finding.Level == FindingLevel.Note
                && finding.Sentence.Contains("not confirmed", StringComparison.Ordinal));
        Assert.Contains("without the desk", Assert.Single(wrong.Problems).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_ThatTheChainDoesNotHave_AreFound()
    {
        var books = Books(1_000, 0) with
        {
            Shares = new Dictionary<TokenId, Quantity> { [new("7132")] = Quantity.FromDecimal(12) },
        };

        var found = await FindAsync(Patient(books), "balances");

        Assert.Contains("12", found, StringComparison.Ordinal);
        Assert.Contains("incidents", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_ThatDoesNotAnswer_IsFound()
    {
        await using var nobody = Npgsql.NpgsqlDataSource.Create("Host=127.0.0.1;Port=9;Username=x;Timeout=2");
        var patient = Patient() with { Database = end => DatabaseCheck.LookAsync(nobody, mayWrite: true, end) };

        Assert.Contains("does not answer", await FindAsync(patient, "database"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithLiveTest_PlacesAndCancelsAndTellsInJson()
    {
        using var data = new AppData();
        Directory.CreateDirectory(data.Path);
        await LiveDesk.PrepareAsync(data);
        var root = exchange.Address.ToString().TrimEnd('/');

        var (code, output) = await LiveDesk.RunAsync(
            ["doctor", "--mode", "live", "--exchange", root, "--data", data.Path, "--livetest", "--json"],
            LiveDesk.Passphrase);

        Assert.True(code == 0, output);
        Assert.Contains("\"isClean\": true", output, StringComparison.Ordinal);
        Assert.Contains("was taken and canceled", output, StringComparison.Ordinal);
        Assert.DoesNotContain("otters", output, StringComparison.Ordinal);
        var (findings, closed) = await LiveDesk.RunAsync(
            ["doctor", "--mode", "live", "--exchange", root, "--data", data.Path], "");
        Assert.Equal(1, findings);
        Assert.Contains("FINDING  vault", closed, StringComparison.Ordinal);
    }

    private static LedgerFigures Books(decimal cash, decimal unsettled) => new(
        Usdc.FromDecimal(cash), Usdc.FromDecimal(unsettled), new Dictionary<TokenId, Quantity>());

    private static string Text(DoctorReport report) =>
        string.Join('\n', report.Findings.Select(finding => $"{finding.Level} {finding.Check}: {finding.Sentence}"));

    private static Task<DoctorReport> LookAsync(Patient patient) =>
        Examiner.ExamineAsync(patient, TestContext.Current.CancellationToken);

    private static async Task<string> FindAsync(Patient patient, string check)
    {
        var report = await LookAsync(patient);
        var found = report.Problems.Where(finding => finding.Check == check).ToList();
        Assert.True(found.Count > 0, Text(report));
        return string.Join(' ', found.Select(finding => finding.Sentence));
    }

    private PolymarketEndpoints Endpoints() => PolymarketEndpoints.For(exchange.Address);

    private Patient Patient(LedgerFigures? books = null) => new()
    {
        Mode = DeskMode.Live,
        Data = folder.Path,
        Endpoints = Endpoints(),
        Vault = vault,
        Signer = signer,
        Wallet = TradingWallet.Own(signer.Address),
        Database = _ => Task.FromResult<IReadOnlyList<Finding>>([]),
        Ledger = books is null ? null : _ => Task.FromResult<LedgerFigures?>(books),
        Clock = TimeProvider.System,
    };

    private async Task FaultAsync(string fault)
    {
        using var body = new StringContent(fault, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("practice/faults", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task SendAsync(ContractCall call)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        var chain = new JsonRpcClient(new HttpRestTransport(invoker, Endpoints(), TimeProvider.System));
        var sender = new OwnAccountSender(signer, chain, Contracts.Polygon, TimeProvider.System);
        var sent = await sender.SendAsync([call], TestContext.Current.CancellationToken);
        Assert.True(sent.IsOk, sent.Error?.Message);
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
