namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>Price grid and smallest order of a sample market: without them no order can be made.</summary>
internal sealed class MarketCheck : ICheck
{
    private const int Sample = 20;

    /// <inheritdoc/>
    public string Name => "sample market";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var found = await SampleMarket.FindAsync(examination, Sample, cancellation);
        if (found.Value is not { } market)
        {
            return [Finding.Problem(
                Name, $"No market with an order book was found ({found.Error?.Message ?? "none is open"}): try again "
                    + "later.")];
        }

        if (market.Tick is not { } tick || market.Minimum is not { } minimum)
        {
            return [Finding.Problem(
                Name, "The book of \"{market.Question}\" names no price grid or smallest order: try again later.")];
        }

        return [Finding.Fine(
            Name, $"\"{market.Question}\" trades in steps of {tick} and from {minimum} shares on.")];
    }
}
