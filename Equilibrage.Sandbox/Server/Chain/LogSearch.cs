using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>Finds events as a node does: by contract, blocks, and what may stand at each topic.</summary>
internal sealed class LogSearch
{
    private readonly EthereumAddress? contract;
    private readonly long from;
    private readonly long to;
    private readonly List<HashSet<string>?> topics = [];

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public LogSearch(JsonElement filter, long latest)
    {
        contract = filter.TryGetProperty("address", out var address)
            ? EthereumAddress.Parse(address.GetString()!)
            : null;
        from = Block(filter, "fromBlock", latest);
        to = Block(filter, "toBlock", latest);
        if (!filter.TryGetProperty("topics", out var places))
            return;
        foreach (var place in places.EnumerateArray())
        {
            topics.Add(place.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Array => [.. place.EnumerateArray().Select(topic => topic.GetString()!)],
                _ => [place.GetString()!],
            });
        }
    }

    /// <summary>The events of a transaction that fit, with their places.</summary>
    public IEnumerable<(ChainTransaction Transaction, int Place)> In(ChainTransaction transaction) =>
        transaction.Block < from || transaction.Block > to
            ? []
            : transaction.Logs.Index().Where(log => Fits(log.Item)).Select(log => (transaction, log.Index));

    private bool Fits(ChainLog log)
    {
        if ((contract is { } wanted && log.Contract != wanted) || topics.Count > log.Topics.Count)
            return false;
        for (var place = 0; place < topics.Count; place++)
        {
            if (topics[place] is { } allowed && !allowed.Contains(log.Topics[place].ToString()))
                return false;
        }

        return true;
    }

    private static long Block(JsonElement filter, string name, long latest) =>
        filter.TryGetProperty(name, out var said) && said.GetString() is { } text
        && text.StartsWith("0x", StringComparison.Ordinal)
            ? long.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : latest;
}
