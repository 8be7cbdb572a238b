using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Adapters.Alerts;

/// <summary>What became of one attempt.</summary>
/// <param name="IsSent">True when the channel took it.</param>
/// <param name="MayRetry">True when another attempt may succeed.</param>
/// <param name="After">How long the channel wants to be left alone; null when it does not say.</param>
/// <param name="Message">What happened, without secrets.</param>
internal sealed record SendOutcome(bool IsSent, bool MayRetry, TimeSpan? After, string Message);

/// <summary>Sends one alert over one channel, once. Never throws for what the other side does.</summary>
internal sealed class AlertSender(AlertOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly OutboundGuard guard = new(options.AllowsLoopback);
    private readonly HttpClient http = new OutboundGuard(options.AllowsLoopback).Client(options.Patience);

    /// <summary>What is wrong with a channel's settings, as field and message; null when nothing is.</summary>
    public (string Field, string Message)? Check(AlertChannel channel, ChannelSettings settings)
    {
        if (channel == AlertChannel.Telegram)
        {
            if (settings.Token is { Length: > 0 } token && !IsToken(token))
                return ("token", "token must look like 123456:ABC…, as BotFather gives it.");
            var isChat = settings.Target is not { Length: > 0 } chat
                || chat.StartsWith('@') || long.TryParse(chat, CultureInfo.InvariantCulture, out _);
            return isChat ? null : ("target", "target must be a chat id such as -100123 or @channel.");
        }

        if (settings.Target is not { Length: > 0 } target)
            return null;
        if (guard.Check(target, out var address) is { } wrong)
            return ("target", $"target {wrong}");
        var isDiscord = address.Host is "discord.com" or "discordapp.com"
            || (options.AllowsLoopback && address.IsLoopback);
        return channel == AlertChannel.Discord && !isDiscord
            ? ("target", "target must be a webhook of discord.com.")
            : null;
    }

    /// <summary>Sends.</summary>
    public async Task<SendOutcome> SendAsync(
        AlertChannel channel, ChannelSettings settings, Alert alert, CancellationToken cancellation)
    {
        if (Address(channel, settings) is not { } address)
            return new(false, false, null, "The channel is not set up.");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(
                Body(channel, settings, alert).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Equilibrage");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", alert.Id);
        try
        {
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(false, true, null, "No answer in time.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new(false, true, null, Redaction.Text(error.Message));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <summary>A channel's target as it may be shown; null when there is none.</summary>
    public static string? Masked(AlertChannel channel, ChannelSettings settings) => settings.Target switch
    {
        not { Length: > 0 } => null,
        { } chat when channel == AlertChannel.Telegram => Redaction.Chat(chat),
        { } target => Uri.TryCreate(target, UriKind.Absolute, out var address) ? Redaction.Target(address) : "••",
    };

    private SendOutcome Judge(HttpResponseMessage response)
    {
        var code = (int)response.StatusCode;
        var said = string.Create(CultureInfo.InvariantCulture, $"The channel answered {code}");
        return code switch
        {
            >= 200 and < 300 => new(true, false, null, $"{said}."),
            >= 300 and < 400 => new(false, false, null, $"{said}: redirects are not followed."),
            (int)HttpStatusCode.TooManyRequests => new(false, true, After(response), $"{said}: too many at once."),
            (int)HttpStatusCode.RequestTimeout or >= 500 => new(false, true, After(response), $"{said}."),
            _ => new(false, false, null, $"{said}: it will not take this."),
        };
    }

    private TimeSpan? After(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wanted = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wanted is not { } pause || pause <= TimeSpan.Zero ? null : pause > LongestPause ? LongestPause : pause;
    }

    private Uri? Address(AlertChannel channel, ChannelSettings settings)
    {
        if (settings.Target is not { Length: > 0 } target || Check(channel, settings) is not null)
            return null;
        if (channel != AlertChannel.Telegram)
            return new Uri(target);
        return settings.Token is { Length: > 0 } token
            ? new Uri(options.TelegramRoot, $"./bot{token}/sendMessage")
            : null;
    }

    private static JsonObject Body(AlertChannel channel, ChannelSettings settings, Alert alert)
    {
        var (title, text) = (Redaction.Text(alert.Title), Redaction.Text(alert.Text));
        return channel switch
        {
            AlertChannel.Discord => new()
            {
                ["embeds"] = new JsonArray(new JsonObject
                {
                    ["title"] = title, ["description"] = text, ["color"] = 0x4F5BD5,
                    ["footer"] = new JsonObject { ["text"] = $"#{alert.Id}" },
                    ["timestamp"] = Time(alert.At.RecordedAt),
                }),
                // Nobody is called by what stands in a market's name.
                ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
            },
            AlertChannel.Telegram => new()
            {
                ["chat_id"] = settings.Target, ["text"] = $"{title}\n{text}\n#{alert.Id}",
                ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
            },
            _ => new()
            {
                ["id"] = alert.Id, ["kind"] = AlertRules.Code(alert.Kind), ["title"] = title, ["text"] = text,
                ["marketTime"] = Time(alert.At.MarketTime), ["recordedAt"] = Time(alert.At.RecordedAt),
            },
        };
    }

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool IsToken(string token) => token.Split(':') is [var number, var secret]
        && number.All(char.IsAsciiDigit) && number.Length >= 5 && secret.Length >= 20
        && secret.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
