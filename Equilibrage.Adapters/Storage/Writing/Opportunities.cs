using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>
/// Keeps a row for each market that was ever fit to be entered. The tens of thousands that never were are in the
/// decisions only.
/// </summary>
internal static class Opportunities
{
    private const string Refuse = """
        UPDATE opportunities AS known SET is_eligible = false, refused_by = said.reason, score = said.score,
            market_time = $5, recorded_at = $6
        FROM unnest($2::text[], $3::text[], $4::integer[]) AS said (market_id, reason, score)
        WHERE known.account_id = $1 AND known.market_id = said.market_id
        """;

    /// <summary>Writes what the decisions change.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<DecisionRecord> decisions, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        var refused = decisions.Where(decision => !decision.Opportunity.IsEligible).ToList();
        if (refused.Count > 0)
            batch.BatchCommands.Add(RefuseAll(refused));
        foreach (var decision in decisions.Where(decision => decision.Opportunity.IsEligible))
            batch.BatchCommands.Add(RowSql<OpportunityRow>.Instance.Upsert(ScannerRows.Opportunity(decision)));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand RefuseAll(IReadOnlyList<DecisionRecord> refused)
    {
        var at = refused[^1].At;
        var markets = refused.Select(decision => decision.Opportunity.MarketId.Value).ToArray();
        var reasons = refused.Select(decision => decision.Denial?.Reason.Code() ?? "").ToArray();
        var scores = refused.Select(decision => decision.Opportunity.Score).ToArray();
        var command = new NpgsqlBatchCommand(Refuse);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = refused[0].AccountId.Value });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = markets });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = reasons });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = scores });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at.MarketTime.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at.RecordedAt.ToUniversalTime() });
        return command;
    }
}
