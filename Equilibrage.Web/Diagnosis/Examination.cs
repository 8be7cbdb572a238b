using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Diagnosis;

/// <summary>One look at the patient, over connections of its own: what is, not what the desk remembers.</summary>
internal sealed class Examination : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    });

    private readonly ServerTime time;
    private PolymarketResult<ClobClient>? account;

    /// <summary>Prepares to look.</summary>
    /// <exception cref="ArgumentException">The patient has no exchange.</exception>
    public Examination(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        Patient = patient;
        Endpoints = patient.Endpoints
            ?? throw new ArgumentException("There is no exchange to look at.", nameof(patient));
        time = new(patient.Clock);
        Transport = new HttpRestTransport(http, Endpoints, time, new() { Timeout = Patience });
        Clob = new(Transport);
        Gamma = new(Transport);
        Chain = new(Transport);
        Contracts = Contracts.For(Endpoints.ChainId);
    }

    /// <summary>What is looked at.</summary>
    public Patient Patient { get; }

    /// <summary>Where the exchange is.</summary>
    public PolymarketEndpoints Endpoints { get; }

    /// <summary>Carries calls, each once.</summary>
    public IRestTransport Transport { get; }

    /// <summary>The order book's public calls.</summary>
    public ClobClient Clob { get; }

    /// <summary>Markets.</summary>
    public GammaClient Gamma { get; }

    /// <summary>The chain.</summary>
    public JsonRpcClient Chain { get; }

    /// <summary>The chain's contracts.</summary>
    public Contracts Contracts { get; }

    /// <summary>What the exchange's clock is ahead of ours; requests are signed by it.</summary>
    public TimeSpan ClockOffset
    {
        get => time.Offset;
        set => time.Offset = value;
    }

    /// <summary>The account's private calls; the API key is obtained when it is first needed.</summary>
    /// <exception cref="InvalidOperationException">The vault is closed.</exception>
    public async Task<PolymarketResult<ClobClient>> AccountAsync(CancellationToken cancellation)
    {
        if (account is { } known)
            return known;
        if (Patient is not { Signer: { } signer, Wallet: { } wallet })
            throw new InvalidOperationException("Without a key there is no account.");
        var reply = await Clob.ObtainApiKeyAsync(new WalletAuthorizer(signer, 0, Endpoints.ChainId), cancellation);
        account = reply.Value is { } key
            ? PolymarketResult<ClobClient>.Ok(new(
                Transport,
                new(
                    new KeyAuthorizer(new(new ApiCredentials(key.ApiKey, key.Secret, key.Passphrase), signer.Address)),
                    (int)wallet.Type)))
            : reply.As<ClobClient>();
        return account.Value;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private sealed class ServerTime(TimeProvider clock) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }
}
