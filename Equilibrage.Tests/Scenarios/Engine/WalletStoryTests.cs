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
                Assert.True(bench.State.Suspected.Count == 0, $"Seed {seed}, act {act}: a difference is suspected.");
            }

            wallet.SettleAll();
            wallet.Show();
            AssertSame(seed, bench, wallet);
        }
    }

    private static void AssertSame(int seed, EngineBench bench, WalletStory wallet)
    {
        var ledger = bench.State.Ledger;
        Assert.True(wallet.Cash == ledger.Cash, $"Seed {seed}: {ledger.Cash}, the wallet has {wallet.Cash}.");
        foreach (var (token, micros) in wallet.Shares)
            Assert.Equal(micros, ledger.Holdings(token).ToMicros + ledger.External(token));
        Assert.True(bench.State.IsReconciled, $"Seed {seed} is not reconciled.");
        Assert.DoesNotContain(bench.Journal, record => record.Output is EngineOutput.IncidentRaised
        {
            Kind: IncidentKind.Cash or IncidentKind.Shares,
        });
        Assert.Equal(
            ledger.Cash + ledger.Inventory + ledger.Redeemable, ledger.Capital + ledger.Income + ledger.RealizedPnl);
    }
}
