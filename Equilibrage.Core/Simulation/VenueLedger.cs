using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>One side of a match, in its own token and with its own rounding.</summary>
/// <param name="Account">The user, or null for the crowd.</param>
/// <param name="Outcome">The token that moves.</param>
/// <param name="Side">Buys or sells it.</param>
/// <param name="Notional">Dollars for the shares, without fee.</param>
/// <param name="Fee">Fee of this side.</param>
internal readonly record struct MatchSide(AccountId? Account, Outcome Outcome, Side Side, Usdc Notional, Usdc Fee);

/// <summary>
/// Who has what at a simulated venue. Every dollar is with a user, with the crowd, with the venue (fees and rounding)
/// or locked behind outstanding shares; the crowd is one account without limits that splits and merges sets as needed,
/// so a market always has exactly as much locked as its users need.
/// </summary>
internal sealed class VenueLedger
{
    private readonly Dictionary<AccountId, Holder> holders = [];
    private readonly Dictionary<MarketId, Collateral> markets = [];

    private long capital;

    /// <summary>Dollars of the crowd relative to its start; it may owe.</summary>
    public Usdc Crowd { get; set; }

    /// <summary>Fees and rounding that the venue has kept.</summary>
    public Usdc Venue { get; set; }

    public IEnumerable<AccountId> Accounts => holders.Keys;

    public bool Has(AccountId account) => holders.ContainsKey(account);

    public void Open(AccountId account, Usdc deposit, Usdc cash)
    {
        holders.Add(account, new(cash.ToMicros));
        capital += deposit.ToMicros;
    }

    /// <summary>Brings dollars from outside in, or, with a negative number, out.</summary>
    public void Transfer(AccountId account, long micros)
    {
        holders[account].Cash += micros;
        capital += micros;
    }

    public Usdc Cash(AccountId account) => Usdc.FromMicros(holders[account].Cash);

    public long Shares(AccountId account, TokenId token) =>
        holders[account].Tokens.TryGetValue(token, out var held) ? held.Shares : 0;

    public Dictionary<TokenId, Quantity> Tokens(AccountId account) => holders[account].Tokens
        .Where(entry => entry.Value.Shares > 0)
        .ToDictionary(entry => entry.Key, entry => Quantity.FromMicros(entry.Value.Shares));

    /// <summary>True when a user has ever held shares of the market.</summary>
    public bool Knows(MarketId market) => markets.ContainsKey(market);

    /// <summary>The market as a user's shares know it, or null.</summary>
    public Market? MarketOf(MarketId market) => markets.GetValueOrDefault(market)?.Market;

    /// <summary>Puts shares back as the record has them; the locked dollars follow with <see cref="Settle"/>.</summary>
    public void RestoreShares(AccountId account, Market market, Outcome outcome, Quantity shares) =>
        Move(account, Of(market), outcome, shares.ToMicros);

    /// <summary>Recomputes what is locked without charging anyone, after all shares were restored.</summary>
    public void Settle(Market market, Resolution? resolution)
    {
        var collateral = Of(market);
        collateral.Resolution = resolution;
        collateral.Locked = resolution is null ? Need(collateral) : Owed(collateral, resolution);
    }

    /// <summary>Exchanges shares and dollars between two sides.</summary>
    public void Match(Market market, long shares, in MatchSide left, in MatchSide right)
    {
        var collateral = Of(market);
        var paid = Pay(left) + Pay(right);
        Move(left.Account, collateral, left.Outcome, left.Side == Side.Buy ? shares : -shares);
        Move(right.Account, collateral, right.Outcome, right.Side == Side.Buy ? shares : -shares);
        // Two purchases put a dollar per set behind new shares, two sales take it out; otherwise shares change hands.
        var minted = left.Side != right.Side ? 0 : left.Side == Side.Buy ? shares : -shares;
        collateral.Locked += minted;
        Venue += Usdc.FromMicros(paid - minted);
        Rebalance(collateral);
    }

    /// <summary>Ends a market: the crowd is paid at once, users when they redeem.</summary>
    public void Resolve(Market market, Resolution resolution)
    {
        if (!markets.TryGetValue(market.Id, out var collateral))
            return;
        var crowdYes = Quantity.FromMicros(collateral.Locked - collateral.Users[0]);
        var crowdNo = Quantity.FromMicros(collateral.Locked - collateral.Users[1]);
        var payout = resolution.Payout(Outcome.Yes).ProceedsOf(crowdYes)
            + resolution.Payout(Outcome.No).ProceedsOf(crowdNo);
        var owed = Owed(collateral, resolution);
        Crowd += payout;
        Venue += Usdc.FromMicros(collateral.Locked - payout.ToMicros - owed);
        (collateral.Resolution, collateral.Locked) = (resolution, owed);
    }

    /// <summary>Burns an account's shares of a resolved market; answers the payout and what was burned.</summary>
    public (Usdc Payout, long Yes, long No) Redeem(AccountId account, MarketId market)
    {
        var collateral = markets[market];
        var resolution = collateral.Resolution!;
        var (payout, burned) = (Usdc.Zero, new long[2]);
        foreach (var outcome in Outcomes.Both)
        {
            burned[(int)outcome] = Shares(account, collateral.Market.Token(outcome));
            payout += resolution.Payout(outcome).ProceedsOf(Quantity.FromMicros(burned[(int)outcome]));
            Move(account, collateral, outcome, -burned[(int)outcome]);
        }

        collateral.Locked -= payout.ToMicros;
        holders[account].Cash += payout.ToMicros;
        return (payout, burned[0], burned[1]);
    }

    /// <summary>Makes sets of both outcomes out of dollars, or, with a negative number, dollars out of sets.</summary>
    public void Split(AccountId account, Market market, long sets)
    {
        var collateral = Of(market);
        holders[account].Cash -= sets;
        collateral.Locked += sets;
        foreach (var outcome in Outcomes.Both)
            Move(account, collateral, outcome, sets);
        Rebalance(collateral);
    }

    /// <summary>Null when every dollar and share is accounted for, else what is wrong.</summary>
    public string? Audit()
    {
        foreach (var (account, holder) in holders)
        {
            if (holder.Cash < 0 || holder.Tokens.Values.Any(held => held.Shares < 0))
                return $"Account {account} has a negative balance.";
        }

        foreach (var (id, market) in markets)
        {
            var expected = market.Resolution is { } resolution ? Owed(market, resolution) : Need(market);
            if (market.Locked != expected)
                return Invariant($"Market {id} has {market.Locked} locked behind {expected} (micro-dollars).");
        }

        var total = holders.Values.Sum(holder => holder.Cash) + markets.Values.Sum(market => market.Locked)
            + Crowd.ToMicros + Venue.ToMicros;
        return total == capital ? null : Invariant($"The exchange has {total} of {capital} micro-dollars.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static long Need(Collateral collateral) => Math.Max(collateral.Users[0], collateral.Users[1]);

    private long Owed(Collateral collateral, Resolution resolution)
    {
        long owed = 0;
        foreach (var outcome in Outcomes.Both)
        {
            var token = collateral.Market.Token(outcome);
            foreach (var account in holders.Keys)
                owed += resolution.Payout(outcome).ProceedsOf(Quantity.FromMicros(Shares(account, token))).ToMicros;
        }

        return owed;
    }

    // Micro-dollars that went in, fees included; negative when they came out.
    private long Pay(in MatchSide side)
    {
        var paid = side.Side == Side.Buy ? side.Notional + side.Fee : side.Fee - side.Notional;
        if (side.Account is { } account)
            holders[account].Cash -= paid.ToMicros;
        else
            Crowd -= paid;
        return paid.ToMicros;
    }

    private void Move(AccountId? account, Collateral collateral, Outcome outcome, long shares)
    {
        if (account is not { } user || shares == 0)
            return;
        var tokens = holders[user].Tokens;
        var token = collateral.Market.Token(outcome);
        var held = tokens.TryGetValue(token, out var now) ? now.Shares : 0;
        tokens[token] = new(collateral.Market, outcome, held + shares);
        if (held + shares == 0)
            tokens.Remove(token);
        collateral.Users[(int)outcome] += shares;
    }

    // The crowd splits or merges sets until the market has locked exactly what its users' shares need.
    private void Rebalance(Collateral collateral)
    {
        var need = Need(collateral);
        Crowd -= Usdc.FromMicros(need - collateral.Locked);
        collateral.Locked = need;
    }

    private Collateral Of(Market market)
    {
        if (!markets.TryGetValue(market.Id, out var collateral))
            markets.Add(market.Id, collateral = new(market));
        return collateral;
    }

    private sealed class Holder(long cash)
    {
        public long Cash { get; set; } = cash;

        public Dictionary<TokenId, Held> Tokens { get; } = [];
    }

    private readonly record struct Held(Market Market, Outcome Outcome, long Shares);

    private sealed class Collateral(Market market)
    {
        public Market Market { get; } = market;

        public long[] Users { get; } = new long[2];

        public long Locked { get; set; }

        public Resolution? Resolution { get; set; }
    }
}
