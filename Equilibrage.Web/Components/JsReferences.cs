using Microsoft.JSInterop;

namespace Equilibrage.Web.Components;

/// <summary>What every user of a JavaScript module needs.</summary>
public static class JsReferences
{
    /// <summary>Releases a module. A browser that has gone has released it already, so that is no error.</summary>
    public static async ValueTask DisposeQuietlyAsync(this IJSObjectReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        try
        {
            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            return;
        }
    }
}
