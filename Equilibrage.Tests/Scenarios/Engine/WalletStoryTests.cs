using Equilibrage.Core.Accounting;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>
/// The desk and its user share a wallet: whatever both do, in any order and with restarts, the books are the wallet,
/// nothing is mistaken for a difference, and only the desk's own trades are its profit.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class WalletStoryTests
{
    [Fact]
    public void Wallet_SharedWithItsUser_IsAlwaysExplained()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var bench = new EngineBench(rateMicros: 50_000);
            bench.QuoteEven();
            var wallet = new WalletStory(bench, random);
            wallet.Show();
            for (var act = 0; act < 40; act++)
            {
                wallet.Act();
                wallet.Show();
                var suspected = bench.State.Suspected.Keys.FirstOrDefault(asset => !IsBorrowed(bench, asset));
                Assert.True(suspected == default, $"Seed {seed}, act {act}: {suspected} is suspected.");
            }

            wallet.SettleAll();
            wallet.Show();
            AssertSame(seed, bench, wallet);
        }
    }

    // A purchase that failed after its shares were sold took shares that the user may have had.
    private static bool IsBorrowed(EngineBench bench, Asset asset) =>
        asset != Asset.Usdc && bench.State.Ledger.External(new(asset.Value)) < 0;

    private static void AssertSame(int seed, EngineBench bench, WalletStory wallet)
    {
        var ledger = bench.State.Ledger;
        Assert.True(wallet.Cash == ledger.Cash, $"Seed {seed}: {ledger.Cash}, the wallet has {wallet.Cash}.");
        foreach (var (token, micros) in wallet.Shares)
            Assert.Equal(micros, ledger.Holdings(token).ToMicros + ledger.External(token));
        Assert.True(
            bench.State.IsReconciled || bench.State.Suspected.Keys.All(asset => IsBorrowed(bench, asset)),
            $"Seed {seed} is not reconciled.");
        Assert.DoesNotContain(bench.Journal, record => record.Output is EngineOutput.IncidentRaised
        {
            Kind: IncidentKind.Cash or IncidentKind.Shares,
        });
        Assert.Equal(
            ledger.Cash + ledger.Inventory + ledger.Redeemable, ledger.Capital + ledger.Income + ledger.RealizedPnl);
    }
}
