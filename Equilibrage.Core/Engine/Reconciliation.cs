using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Holds our books against the venue's record of the account. A difference that is seen again is an incident: of cash
/// it stops entries everywhere, of shares those into their market. It heals when a later look finds none.
/// </summary>
internal static class Reconciliation
{
    // What the venue's parts show may lag behind each other for some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Books what is new, then compares cash and every token within what is on its way.</summary>
    public static void Compare(EngineState state, EngineEvent cause, Recorder record)
    {
        if (cause is not EngineEvent.Compared compared)
            return;
        var account = compared.Account;
        var waiting = Activities.Book(state, record, compared);
        state.ExternalOrders = [.. account.OpenOrders.Where(open => state.FindOrder(open.VenueOrderId) is null)];
        var comparison = AccountComparison.Of(state, account, waiting);
        var isClean = true;
        foreach (var (asset, span) in comparison.Spans.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal))
        {
            var venue = AccountComparison.VenueOf(account, asset);
            var open = Incidents.Find(state, asset);
            if (Borrowed(state, asset, venue) is { } borrowed)
                isClean &= Judge(state, record, borrowed, open, account);
            else if (span.Allows(venue, AccountComparison.Tolerance))
            {
                state.Suspected.Remove(asset);
                if (open is not null && Math.Abs(span.Ours - venue) <= AccountComparison.Tolerance)
                    Incidents.Heal(record, open, $"the difference is gone: both sides show {Format(asset, venue)}");
            }
            else
            {
                isClean &= Judge(state, record, new(asset, span.Ours, venue), open, account);
            }
        }

        // What an open incident stops is stopped by it, and by nothing else.
        state.IsReconciled = isClean;
    }

    /// <summary>True when cash and a token agree exactly enough to prove something by it.</summary>
    public static bool Agrees(EngineState state, VenueAccount account, TokenId token) =>
        new[] { Asset.Usdc, Asset.Of(token) }.All(asset =>
            Math.Abs(AccountComparison.OursOf(state, asset) - AccountComparison.VenueOf(account, asset))
                <= AccountComparison.Tolerance);

    /// <summary>A balance for people.</summary>
    public static string Format(Asset asset, long micros) => asset == Asset.Usdc
        ? string.Create(CultureInfo.InvariantCulture, $"${Micros.Format(micros)}")
        : $"{Micros.Format(micros)} shares";

    /// <summary>What positions own and the wallet does not hold any more, since it was used elsewhere.</summary>
    private static Difference? Borrowed(EngineState state, Asset asset, long venue)
    {
        if (asset == Asset.Usdc)
            return null;
        var token = new TokenId(asset.Value);
        var owned = state.Ledger.Holdings(token);
        return owned.IsZero || state.Ledger.External(token) >= -AccountComparison.Tolerance
            ? null
            : new(asset, owned.ToMicros, venue);
    }

    /// <summary>True when the difference is an incident, old or new; false while it is only suspected.</summary>
    private static bool Judge(
        EngineState state, Recorder record, Difference difference, Incident? open, VenueAccount account)
    {
        var asset = difference.Asset;
        if (open is { Difference: { } known })
        {
            var moved = Math.Abs(difference.Venue - difference.Ours - known.Venue + known.Ours);
            if (moved > AccountComparison.Tolerance)
                Incidents.Raise(state, record, difference, Explain(state, difference, account), open.Id);
            return true;
        }

        if (!state.Suspected.TryGetValue(asset, out var since))
            state.Suspected[asset] = since = state.Now.RecordedAt;
        if (state.Now.RecordedAt - since < Patience)
            return false;
        state.Suspected.Remove(asset);
        Incidents.Raise(state, record, difference, Explain(state, difference, account), null);
        return true;
    }

    /// <summary>The best explanation that the numbers offer.</summary>
    private static string Explain(EngineState state, Difference difference, VenueAccount account)
    {
        var (asset, more) = (difference.Asset, difference.Venue - difference.Ours);
        if (Borrowed(state, asset, difference.Venue) is not null)
            return "shares of a position were sold or moved elsewhere with the same wallet";
        var pending = state.Ledger.Pending.FirstOrDefault(entry => entry.Postings.Any(posting =>
            posting.Asset == asset && posting.Account is LedgerAccount.Cash or LedgerAccount.Holdings
            && Math.Abs(posting.Micros + more) <= AccountComparison.Tolerance));
        if (pending is not null)
            return $"trade {pending.TradeId} is not settled at the venue";
        if (asset != Asset.Usdc)
        {
            return more < 0 && Activities.MarketOf(state, new(asset.Value)) is { } market
                && state.Resolutions.ContainsKey(market)
                ? "a redemption that the account's activity does not show"
                : "shares were traded or moved elsewhere with the same wallet, which the activity does not show";
        }

        var fees = state.Orders.Values.SelectMany(order => order.Fills).Sum(fill => fill.Fee.ToMicros);
        if (Math.Abs(more) <= fees)
            return "a fee that differs from the one that was booked";
        var isTraded = account.Tokens.Any(token =>
            AccountComparison.OursOf(state, Asset.Of(token.Key)) != token.Value.ToMicros);
        if (isTraded)
            return "a trade elsewhere with the same wallet that the account's activity does not show";
        return more % Micros.PerUnit == 0
            ? $"a {(more > 0 ? "deposit" : "withdrawal")} that the account's activity does not show"
            : "unknown";
    }
}
