using Radzen;

namespace Equilibrage.Web.Components.Controls;

/// <summary>What the operator is asked before anything that moves money.</summary>
/// <param name="Title">The question, as a heading.</param>
/// <param name="Message">What will happen.</param>
/// <param name="CostLabel">What the amount is, such as "Expected cost".</param>
/// <param name="Cost">The amount with its unit, or why it is not known.</param>
/// <param name="ConfirmText">The verb on the button.</param>
/// <param name="Danger">True when it cannot be taken back.</param>
public sealed record ConfirmRequest(
    string Title, string Message, string CostLabel, string Cost, string ConfirmText, bool Danger = false);

/// <summary>Opens the confirmation.</summary>
public static class Confirmation
{
    /// <summary>True when the operator pressed the verb; closing the dialog in any other way is a no.</summary>
    public static async Task<bool> ConfirmAsync(this DialogService dialogs, ConfirmRequest request)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        ArgumentNullException.ThrowIfNull(request);
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            request.Title,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Request)] = request },
            new DialogOptions { Width = "min(28rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = true });
        return answer is true;
    }
}
