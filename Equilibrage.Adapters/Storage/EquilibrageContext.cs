using Equilibrage.Adapters.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>The tables that the scripts in <c>migrations/</c> make; a test holds the two together.</summary>
internal sealed class EquilibrageContext(DbContextOptions<EquilibrageContext> options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();

    public DbSet<ConfigurationRow> Configuration => Set<ConfigurationRow>();

    public DbSet<MarketRow> Markets => Set<MarketRow>();

    public DbSet<JournalRow> Journal => Set<JournalRow>();

    public DbSet<PositionRow> Positions => Set<PositionRow>();

    public DbSet<PositionLegRow> PositionLegs => Set<PositionLegRow>();

    public DbSet<PositionMarkRow> PositionMarks => Set<PositionMarkRow>();

    public DbSet<OrderRow> Orders => Set<OrderRow>();

    public DbSet<FillRow> Fills => Set<FillRow>();

    public DbSet<TradeRow> Trades => Set<TradeRow>();

    public DbSet<LedgerEntryRow> LedgerEntries => Set<LedgerEntryRow>();

    public DbSet<LedgerPostingRow> LedgerPostings => Set<LedgerPostingRow>();

    public DbSet<EquityPointRow> EquityPoints => Set<EquityPointRow>();

    public DbSet<OpportunityRow> Opportunities => Set<OpportunityRow>();

    public DbSet<DecisionRow> Decisions => Set<DecisionRow>();

    public DbSet<ScanRow> Scans => Set<ScanRow>();

    public DbSet<WhaleRow> Whales => Set<WhaleRow>();

    public DbSet<OneLegRow> OneLegs => Set<OneLegRow>();

    public DbSet<LeaseRow> Leases => Set<LeaseRow>();

    public DbSet<ChainOperationRow> ChainOperations => Set<ChainOperationRow>();

    public DbSet<AlertCursorRow> AlertCursors => Set<AlertCursorRow>();

    public DbSet<AlertOutboxRow> AlertOutbox => Set<AlertOutboxRow>();

    /// <summary>A short-lived context for reading: nothing is tracked.</summary>
    public static EquilibrageContext Over(NpgsqlDataSource database) => new(
        new DbContextOptionsBuilder<EquilibrageContext>()
            .UseNpgsql(database).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        Refer<ConfigurationRow, AccountRow>(modelBuilder, nameof(ConfigurationRow.AccountId));
        Refer<MarketRow, AccountRow>(modelBuilder, nameof(MarketRow.AccountId));
        Refer<JournalRow, AccountRow>(modelBuilder, nameof(JournalRow.AccountId));
        Refer<JournalRow, JournalRow>(modelBuilder, nameof(JournalRow.AccountId), nameof(JournalRow.PreviousSequence));
        Refer<PositionRow, AccountRow>(modelBuilder, nameof(PositionRow.AccountId));
        Refer<PositionLegRow, PositionRow>(
            modelBuilder, nameof(PositionLegRow.AccountId), nameof(PositionLegRow.PositionId));
        Refer<PositionMarkRow, PositionRow>(
            modelBuilder, nameof(PositionMarkRow.AccountId), nameof(PositionMarkRow.PositionId));
        Refer<OrderRow, AccountRow>(modelBuilder, nameof(OrderRow.AccountId));
        Refer<FillRow, OrderRow>(modelBuilder, nameof(FillRow.AccountId), nameof(FillRow.ClientOrderId));
        Refer<TradeRow, AccountRow>(modelBuilder, nameof(TradeRow.AccountId));
        Refer<LedgerEntryRow, AccountRow>(modelBuilder, nameof(LedgerEntryRow.AccountId));
        Refer<LedgerPostingRow, LedgerEntryRow>(
            modelBuilder, nameof(LedgerPostingRow.AccountId), nameof(LedgerPostingRow.EntryId));
        Refer<EquityPointRow, AccountRow>(modelBuilder, nameof(EquityPointRow.AccountId));
        Refer<OpportunityRow, AccountRow>(modelBuilder, nameof(OpportunityRow.AccountId));
        Refer<DecisionRow, AccountRow>(modelBuilder, nameof(DecisionRow.AccountId));
        Refer<ScanRow, AccountRow>(modelBuilder, nameof(ScanRow.AccountId));
        Refer<WhaleRow, AccountRow>(modelBuilder, nameof(WhaleRow.AccountId));
        Refer<ChainOperationRow, AccountRow>(modelBuilder, nameof(ChainOperationRow.AccountId));
        Refer<OneLegRow, AccountRow>(modelBuilder, nameof(OneLegRow.AccountId));

        Refer<AlertCursorRow, AccountRow>(modelBuilder, nameof(AlertCursorRow.AccountId));
        Refer<AlertOutboxRow, AccountRow>(modelBuilder, nameof(AlertOutboxRow.AccountId));

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(Words.Snake(property.Name));
    }

    private static void Refer<TRow, TTarget>(ModelBuilder model, params string[] columns)
        where TRow : class
        where TTarget : class
    {
        EntityTypeBuilder<TRow> row = model.Entity<TRow>();
        row.HasOne<TTarget>().WithMany().HasForeignKey(columns).OnDelete(DeleteBehavior.NoAction);
    }
}
