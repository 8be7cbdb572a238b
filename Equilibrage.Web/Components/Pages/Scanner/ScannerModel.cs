using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Scanner;

/// <summary>
/// The scanner's list: filtered, best first, and calm. A scan comes every second on the practice exchange; the order
/// follows it at most every <see cref="OrderEvery"/> and not at all while a row is open. Numbers are always the newest.
/// </summary>
public sealed class ScannerModel
{
    /// <summary>Lines that the details of an opened row cover.</summary>
    public const int DetailSlots = 3;

    /// <summary>Wall time between two re-orderings.</summary>
    public static readonly TimeSpan OrderEvery = TimeSpan.FromSeconds(5);

    private readonly List<ScannerRow> _rows = [];
    private IReadOnlyList<OpportunityView> _listed = [];
    private DateTimeOffset _orderedAt;

    /// <summary>The scan behind the numbers; null before the first.</summary>
    public ScanView? Scan { get; private set; }

    /// <summary>What is listed.</summary>
    public ScannerFilter Filter { get; private set; } = new();

    /// <summary>The market whose row is open.</summary>
    public MarketId? Opened { get; private set; }

    /// <summary>Lines of the list. A list of its own for the virtual list's sake.</summary>
    public ICollection<ScannerRow> Rows => _rows;

    /// <summary>Markets listed.</summary>
    public int Count => _listed.Count;

    /// <summary>Markets per refusing rule, most first.</summary>
    public IReadOnlyList<(DenyReason Reason, int Count)> Reasons { get; private set; } = [];

    /// <summary>Markets that nothing refused.</summary>
    public int Enterable { get; private set; }

    /// <summary>Takes the newest scan. True when something changed.</summary>
    public bool Apply(ScanView? scan, DateTimeOffset now)
    {
        if (scan is null || ReferenceEquals(scan, Scan)) return false;
        var isFirst = Scan is null;
        Scan = scan;
        CountVerdicts(scan);
        if (isFirst || (Opened is null && now - _orderedAt >= OrderEvery)) Order(now);
        else UpdateInPlace();
        return true;
    }

    /// <summary>Changes the filter; the list is ordered anew.</summary>
    public void Show(ScannerFilter filter, DateTimeOffset now)
    {
        Filter = filter;
        Opened = null;
        Order(now);
    }

    /// <summary>Opens a row, or closes it when it is open.</summary>
    public void Toggle(MarketId market)
    {
        Opened = Opened == market ? null : market;
        Lay();
    }

    private void CountVerdicts(ScanView scan)
    {
        var counts = new Dictionary<DenyReason, int>();
        var enterable = 0;
        foreach (var item in scan.Items)
        {
            if (item.FinalReason() is { } reason) counts[reason] = counts.GetValueOrDefault(reason) + 1;
            else enterable++;
        }

        Enterable = enterable;
        Reasons = [.. counts.OrderByDescending(pair => pair.Value).Select(pair => (pair.Key, pair.Value))];
    }

    private void Order(DateTimeOffset now)
    {
        _orderedAt = now;
        _listed = Filter.IsEmpty ? Scan?.Items ?? [] : [.. (Scan?.Items ?? []).Where(Filter.Matches)];
        Lay();
    }

    private void UpdateInPlace()
    {
        var newest = new Dictionary<MarketId, OpportunityView>(Scan!.Items.Count);
        foreach (var item in Scan.Items) newest[item.Market.Id] = item;
        _listed = [.. _listed.Select(item => newest.GetValueOrDefault(item.Market.Id, item))];
        Lay();
    }

    private void Lay()
    {
        _rows.Clear();
        _rows.EnsureCapacity(_listed.Count + DetailSlots);
        foreach (var item in _listed)
        {
            _rows.Add(new ScannerRow(item, 0));
            if (item.Market.Id != Opened) continue;
            for (var slot = 1; slot <= DetailSlots; slot++) _rows.Add(new ScannerRow(item, slot));
        }
    }
}
