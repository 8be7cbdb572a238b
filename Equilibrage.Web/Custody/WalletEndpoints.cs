using System.Globalization;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Web.Diagnosis;
using Equilibrage.Web.Security;
using Microsoft.AspNetCore.Antiforgery;

namespace Equilibrage.Web.Custody;

/// <summary>
/// What only the operator may do, from the pages: set, open, close and remove the wallet, arm and disarm. There is no
/// way to move money out, here or anywhere.
/// </summary>
internal static class WalletEndpoints
{
    /// <summary>Everything is below this.</summary>
    public const string Root = "/wallet";

    /// <summary>How many last characters of the funder's address the operator types to arm or to remove.</summary>
    public const int Confirmed = 6;

    private delegate Task<WalletAnswer> WalletAction(SecretForm form, IServiceProvider services, CancellationToken end);

    /// <summary>Maps them; only where there is a wallet.</summary>
    public static void MapWallet(this IEndpointRouteBuilder app)
    {
        Post("set", SetAsync);
        Post("open", OpenAsync);
        Post("close", CloseAsync);
        Post("remove", RemoveAsync);
        Post("arm", ArmAsync);
        Post("disarm", DisarmAsync);

        // As a plain delegate: the other overload would take the task and drop its answer.
        void Post(string name, WalletAction action) =>
            app.MapPost($"{Root}/{name}", (Delegate)((HttpContext context) => AnswerAsync(context, action)))
                .RequireAuthorization(WebSecurity.OperatorPolicy).RequireRateLimiting(LoginEndpoints.RateLimit)
                .ExcludeFromDescription();
    }

    /// <summary>What the operator types to confirm.</summary>
    public static string ConfirmationOf(VaultHeader wallet)
    {
        ArgumentNullException.ThrowIfNull(wallet);
        return wallet.Funder[^Confirmed..];
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, WalletAction action)
    {
        // The token comes as a header, so that the form itself is not read as text.
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            return Results.Json(new WalletAnswer(false, "Load the page again, then try once more."), statusCode: 400);
        using var form = await SecretForm.ReadAsync(context.Request, context.RequestAborted);
        if (form is null)
            return Results.Json(new WalletAnswer(false, "That is too long."), statusCode: 413);
        try
        {
            return Results.Json(await action(form, context.RequestServices, context.RequestAborted));
        }
        catch (Exception error) when (error is VaultException or SignatureLibraryException)
        {
            return Results.Json(new WalletAnswer(false, error.Message));
        }
    }

    private static async Task<WalletAnswer> SetAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        var session = services.GetRequiredService<WalletSession>();
        using var key = form.Secret("key");
        using var passphrase = form.Secret("passphrase");
        using var again = form.Secret("again");
        using var relayer = form.Secret("relayer");
        if (!passphrase.Span.SequenceEqual(again.Span))
            throw new VaultException("The two passphrases are not the same.");
        using var draft = VaultDraft.Read(key, form.Text("funder"), relayer.IsEmpty ? null : relayer);
        if (!await session.SetAsync(draft, passphrase))
            return new(true, "The wallet is kept. Open it to trade with it.");
        services.GetRequiredService<RestartRequest>().Ask();
        return new(true, "The wallet is kept. Equilibrage starts again with it; open it then.");
    }

    private static async Task<WalletAnswer> OpenAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        using var passphrase = form.Secret("passphrase");
        await services.GetRequiredService<WalletSession>().OpenAsync(passphrase, end);
        return new(true, "The vault is open. Nothing but cancels is sent before the desk is armed.");
    }

    private static async Task<WalletAnswer> CloseAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        await services.GetRequiredService<WalletSession>().CloseAsync();
        return new(true, "The vault is closed and the key is gone from memory.");
    }

    private static async Task<WalletAnswer> RemoveAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        var session = services.GetRequiredService<WalletSession>();
        if (session.Vault.ReadHeader() is not { } wallet)
            return new(false, "There is no wallet.");
        if (WhyUnconfirmed(form, wallet) is { } why)
            return new(false, why);
        await session.RemoveAsync();
        return new(true, "The wallet is removed from this machine. Its money is where it was.");
    }

    private static async Task<WalletAnswer> ArmAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        var session = services.GetRequiredService<WalletSession>();
        if (session is not { State: WalletState.Open, Running: { } wallet })
            return new(false, "The vault is closed: open it first.");
        if (WhyUnconfirmed(form, wallet) is { } why)
            return new(false, why);
        if (!int.TryParse(form.Text("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || hours is < 1 or > LiveArming.MostHours)
            return new(false, $"Arm for 1 to {LiveArming.MostHours} hours.");
        var report = await services.GetRequiredService<DoctorService>().ExamineAsync(end);
        if (!report.IsClean)
        {
            return new(false, "The doctor has findings: "
                + string.Join(" ", report.Problems.Select(finding => finding.Sentence)));
        }

        session.Arming.Arm(hours);
        return new(true, $"Armed for {hours} h: the desk trades with real money.");
    }

    private static Task<WalletAnswer> DisarmAsync(
        SecretForm form, IServiceProvider services, CancellationToken end)
    {
        services.GetRequiredService<WalletSession>().Arming.Disarm();
        return Task.FromResult(new WalletAnswer(true, "Disarmed: nothing is entered, exits go on."));
    }

    private static string? WhyUnconfirmed(SecretForm form, VaultHeader wallet) =>
        string.Equals(form.Text("confirm"), ConfirmationOf(wallet), StringComparison.OrdinalIgnoreCase)
            ? null
            : $"Type the last {Confirmed} characters of the account {wallet.Funder} to confirm.";
}

/// <summary>How an operator's action ended.</summary>
/// <param name="Ok">True when it was carried out.</param>
/// <param name="Message">In a sentence or two.</param>
internal sealed record WalletAnswer(bool Ok, string Message);
