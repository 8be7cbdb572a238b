using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>A trader with a key of its own, who signs orders to a served practice exchange.</summary>
internal sealed class WireTrader : IAsyncDisposable
{
    private readonly EthereumSigner signer;
    private readonly bool isOwner;
    private readonly MemoryOperations operations;
    private readonly ServedExchange served;
    private long salt = 1;

    public WireTrader(ServedExchange served, HttpMessageHandler? wire = null)
        : this(served, EthereumSigner.Generate(), new(), wire) => isOwner = true;

    /// <summary>The same trader, after a restart of the exchange or of itself.</summary>
    public WireTrader(ServedExchange served, WireTrader before)
        : this(served, before.signer, before.operations, null)
    {
    }

    private WireTrader(
        ServedExchange served, EthereumSigner signer, MemoryOperations operations, HttpMessageHandler? wire)
    {
        (this.served, this.signer, this.operations) = (served, signer, operations);
        var access = new ExchangeAccess(
            PolymarketOptions.Practice(served.Server.Address), TimeProvider.System,
            NullLoggerFactory.Instance, wire ?? new SocketsHttpHandler());
        Access = access;
        Connection = PolymarketConnection.Trading(
            access, new() { Signer = signer, Wallet = TradingWallet.Own(signer.Address) }, null,
            operations, NullLoggerFactory.Instance);
    }

    public ExchangeAccess Access { get; }

    public string Wallet => signer.Address.ToLowerString();

    public PolymarketConnection Connection { get; }

    public PolymarketVenue Venue => (PolymarketVenue)Connection.Venue!;

    /// <summary>An order of some shares: far from the market, or through it.</summary>
    public async Task<PreparedOrder> OrderAsync(Side side, OrderType type, bool away, decimal shares = 5)
    {
        var market = await served.FirstMarketAsync();
        var book = (await Access.Clob.GetBookAsync(market.TokenYes, default)).Value!.ToSnapshot();
        var lowest = Price.FromMicros(market.TickSize.ToMicros);
        var limit = side == Side.Buy
            ? away ? lowest : book.Asks.Max(level => level.Price)
            : away ? lowest.Complement : book.Bids.Min(level => level.Price);
        var quantity = Quantity.FromDecimal(shares);
        return Venue.Prepare(new()
        {
            ClientOrderId = new(Guid.NewGuid().ToString()),
            AccountId = new("sandbox:practice:test"),
            StrategyId = new("equilibrage"),
            PositionId = new("p-1"),
            MarketId = market.Id,
            TokenId = market.TokenYes,
            Outcome = Outcome.Yes,
            Side = side,
            Limit = limit,
            Quantity = quantity,
            Spend = side == Side.Buy && type == OrderType.Fak
                ? Usdc.FromMicros(limit.CostOf(quantity).ToMicros / 10_000 * 10_000)
                : null,
            Type = type,
            Tick = market.TickSize,
            IsNegRisk = market.IsNegRisk,
            Salt = salt++,
            TimestampMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    /// <summary>The account, asked for until it stands still.</summary>
    public async Task<VenueAccount> AccountAsync()
    {
        VenueAccount? account = null;
        await Eventually.TrueAsync(async () => (account = (await Venue.GetAccountAsync(default)).Value) is not null);
        return account!;
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        if (isOwner)
            signer.Dispose();
    }
}
