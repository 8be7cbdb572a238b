using System.Text;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>A group of markets: the places in the universe that share a group, through all generations.</summary>
/// <param name="Id">Public id.</param>
/// <param name="Title">Title.</param>
/// <param name="Slug">Address part.</param>
/// <param name="Category">Canonical category of its first market.</param>
/// <param name="IsNegRisk">True when exactly one of its markets comes true.</param>
/// <param name="Order">Place among all events.</param>
internal sealed record EventEntry(
    string Id, string Title, string Slug, string Category, bool IsNegRisk, int Order)
{
    private const int LongestSlug = 100;

    /// <summary>Places of its markets.</summary>
    public List<int> Places { get; } = [];

    /// <summary>The address part that goes with a title.</summary>
    public static string SlugOf(string title)
    {
        var slug = new StringBuilder(title.Length);
        foreach (var letter in title)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                slug.Append(char.ToLowerInvariant(letter));
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString(0, Math.Min(slug.Length, LongestSlug)).TrimEnd('-');
    }
}
