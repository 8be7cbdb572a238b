using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Components.Controls;
using Radzen;

namespace Equilibrage.Web.Components.Trading;

/// <summary>What the operator can do from a page: each asks first, sends one command and says how it ended.</summary>
public sealed class OperatorActions(IDesk desk, DialogService dialogs, NotificationService notices, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Asks for capital and split, then enters. False when it was cancelled or refused.</summary>
    public async Task<bool> EnterAsync(OpportunityView item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var form = new EntryForm(item, desk.Current);
        var answer = await dialogs.OpenAsync<EntryDialog>(
            "Enter this market?",
            new Dictionary<string, object?> { [nameof(EntryDialog.Form)] = form },
            new DialogOptions { Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = true });
        return answer is true && await SendAsync(
            new OperatorCommand.Enter(NewId(), item.Market.Id, form.CapitalAmount, form.Ratio),
            "Entering", item.Market.Question);
    }

    /// <summary>Asks, then sells a position or one leg of it. False when it was cancelled or refused.</summary>
    public async Task<bool> CloseAsync(PositionView position, Outcome? leg = null)
    {
        ArgumentNullException.ThrowIfNull(position);
        return await dialogs.ConfirmAsync(CloseEstimate.For(position, leg)) && await SendAsync(
            new OperatorCommand.Close(NewId(), position.Id, leg), "Selling", position.MarketName);
    }

    /// <summary>Asks, then pulls the kill switch. False when it was cancelled or the desk did not answer.</summary>
    public async Task<bool> HaltAsync()
    {
        var working = desk.Current.Risk?.WorkingOrders ?? 0;
        var question = new ConfirmRequest(
            "Halt the desk?",
            "Every working order is canceled and nothing is entered until you resume. Positions stay; their exits, "
            + "reconciliation and settlement go on.",
            "Working orders now", working.ToString(CultureInfo.InvariantCulture), "Halt the desk", Danger: true);
        return await dialogs.ConfirmAsync(question) && await SendAsync(
            new OperatorCommand.Halt(NewId(), "halted on the page"), "Halting", "Orders are being canceled.");
    }

    /// <summary>Asks, then clears the kill switch. False when it was cancelled or refused.</summary>
    public async Task<bool> ResumeAsync()
    {
        var reason = desk.Current.Risk?.Halt?.Reason ?? "nothing";
        var question = new ConfirmRequest(
            "Resume trading?",
            "Markets are entered again. After a loss or a fall, the limits count from the present equity.",
            "Halted because", reason, "Resume");
        return await dialogs.ConfirmAsync(question) && await SendAsync(
            new OperatorCommand.Resume(NewId()), "Resumed", "Entries are allowed again.");
    }

    /// <summary>Scans all markets now. False when the desk could not.</summary>
    public async Task<bool> ScanAsync()
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await desk.ScanAsync(patience.Token);
            return true;
        }
        catch (DeskUnavailableException unavailable)
        {
            notices.Notify(NotificationSeverity.Warning, "Not now", unavailable.Message, 12000);
            return false;
        }
        catch (OperationCanceledException)
        {
            notices.Notify(NotificationSeverity.Warning, "No answer yet", "The scan is still running.", 8000);
            return false;
        }
    }

    /// <summary>Asks, then closes an incident. False when it was cancelled or refused.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="acceptVenue">True to book the exchange's number.</param>
    public async Task<bool> CloseIncidentAsync(IncidentView incident, bool acceptVenue)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (incident.Id is not { } id)
            return false;
        var unit = incident.TokenId is null ? "dollars" : "shares";
        var request = acceptVenue
            ? new ConfirmRequest(
                "Accept the exchange's number?",
                "The difference is booked as external: no position gains or loses by it, and entries go on.",
                "Booked", $"{incident.Venue - incident.Ours:+0.######;-0.######} {unit}", "Accept", Danger: true)
            : new ConfirmRequest(
                "Close this incident?",
                "Nothing is booked. A difference that is still there at the next comparison is raised again.",
                "Booked", "nothing", "Close it");
        return await dialogs.ConfirmAsync(request) && await SendAsync(
            new OperatorCommand.CloseIncident(NewId(), id, acceptVenue), "Incident closed", incident.Subject);
    }

    /// <summary>Puts settings in force; the caller has asked. False when they were refused.</summary>
    public Task<bool> ConfigureAsync(TradingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return SendAsync(
            new OperatorCommand.Configure(NewId(), settings), "Settings saved", "They apply to new positions.");
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private async Task<bool> SendAsync(OperatorCommand command, string done, string detail)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var outcome = await desk.SendAsync(command, patience.Token);
            if (outcome.Denial is { } denial)
            {
                notices.Notify(NotificationSeverity.Warning, "Refused", denial.Explain(), 8000);
                return false;
            }

            notices.Notify(NotificationSeverity.Success, done, detail, 5000);
            return true;
        }
        catch (DeskUnavailableException unavailable)
        {
            notices.Notify(NotificationSeverity.Warning, "Not now", unavailable.Message, 12000);
            return false;
        }
        catch (OperationCanceledException)
        {
            notices.Notify(
                NotificationSeverity.Warning, "No answer yet",
                "The desk has not answered. It may still carry this out: look at the positions before asking again.",
                12000);
            return false;
        }
    }
}
