using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Scanner;

/// <summary>One line of the virtual list. All lines have the same height, so the list never has to guess one.</summary>
/// <param name="Item">The market.</param>
/// <param name="Slot">0 for the market's own line, 1 and up for the lines that its opened details cover.</param>
public readonly record struct ScannerRow(OpportunityView Item, int Slot)
{
    /// <summary>Identity within the list.</summary>
    public (string Market, int Slot) Key => (Item.Market.Id.Value, Slot);
}
