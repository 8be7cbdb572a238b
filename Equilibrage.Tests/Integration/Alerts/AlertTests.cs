using Equilibrage.Adapters.Alerts;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Alerts;

/// <summary>Alerts from a real journal to a real receiver on this machine, with restarts in between.</summary>
[Trait("Tier", "Integration")]
public sealed class AlertTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly EngineState state = new(PositionLife.Account);
    private readonly ManualTime clock = new(new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeDesk desk = new();
    private readonly TempFolder folder = new();
    private readonly List<IDisposable> senders = [];
    private TestDatabase database = null!;
    private PostgresJournal journal = null!;
    private AlertReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        receiver = await AlertReceiver.StartAsync();
        database = await postgres.CreateDatabaseAsync(nameof(AlertTests));
        journal = new PostgresJournal(database.Source);
        await AppendAsync(new PositionLife(state, "rain", Start).OpenAccount());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in senders)
            sender.Dispose();
        await database.DisposeAsync();
        await receiver.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Life_OfAPosition_IsToldOnceAlsoAfterARestart()
    {
        var first = await ReadyAsync();
        await LiveAsync("rain");
        await first.Worker.StepAsync(CancellationToken.None);
        await Begin().Worker.StepAsync(CancellationToken.None);

        Assert.Equal(
            ["position_opened", "liquidation", "position_closed"],
            receiver.Received.Select(alert => (string)alert.Body["kind"]!));
        Assert.All(receiver.Received, alert =>
        {
            Assert.Equal(alert.Key, (string)alert.Body["id"]!);
            Assert.Contains("Will rain happen?", (string)alert.Body["text"]!, StringComparison.Ordinal);
        });
        Assert.Contains("P&L +$33.25", (string)receiver.Received.Last().Body["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatHappenedBefore_IsHistoryAndNotToldAnew()
    {
        await LiveAsync("rain");

        await ReadyAsync();

        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task TooManyRequests_IsObeyedToTheSecond()
    {
        var running = await ReadyAsync();
        receiver.Next(StatusCodes.Status429TooManyRequests, "30");
        await IncidentAsync(running);
        Assert.Single(receiver.Received);

        clock.Advance(TimeSpan.FromSeconds(29));
        await running.Worker.StepAsync(CancellationToken.None);
        Assert.Single(receiver.Received);

        clock.Advance(TimeSpan.FromSeconds(2));
        await running.Worker.StepAsync(CancellationToken.None);
        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(alert => alert.Key).Distinct());
    }

    [Theory]
    [InlineData("500")]
    [InlineData("drop")]
    [InlineData("slow")]
    public async Task Trouble_ThenARestart_StillArrivesUnderTheSameId(string trouble)
    {
        var before = await ReadyAsync();
        receiver.Next(async context =>
        {
            if (trouble == "500")
                context.Response.StatusCode = 500;
            else if (trouble == "drop")
                context.Abort();
            else
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await IncidentAsync(before);

        clock.Advance(TimeSpan.FromSeconds(5));
        var after = Begin();
        await after.Worker.StepAsync(CancellationToken.None);
        await after.Worker.StepAsync(CancellationToken.None);

        Assert.Equal(2, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(alert => alert.Key).Distinct());
        Assert.Equal(0, (await after.Desk.ViewAsync(CancellationToken.None)).Queued);
    }

    [Theory]
    [InlineData(404, "it will not take this")]
    [InlineData(302, "redirects are not followed")]
    public async Task RefusedForGood_IsNotTriedAgain(int status, string reason)
    {
        var running = await ReadyAsync();
        receiver.Next(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await IncidentAsync(running);
        clock.Advance(TimeSpan.FromHours(1));
        await running.Worker.StepAsync(CancellationToken.None);

        Assert.Single(receiver.Received);
        var view = await running.Desk.ViewAsync(CancellationToken.None);
        Assert.Equal((0, 1), (view.Queued, view.Failed));
        Assert.Contains(reason, view.Channels[0].LastResult!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyWaiting_OldestAreDroppedAndCounted()
    {
        var running = await ReadyAsync(mostQueued: 2);
        await LiveAsync("rain");
        await LiveAsync("snow");
        await running.Worker.StepAsync(CancellationToken.None);

        Assert.Equal(2, receiver.Received.Count);
        Assert.Equal("position_closed", (string?)receiver.Received.Last().Body["kind"]);
        Assert.Equal(4, (await running.Desk.ViewAsync(CancellationToken.None)).Dropped);
    }

    [Fact]
    public async Task Kinds_NotWanted_StayAway()
    {
        var running = await ReadyAsync(kinds: [AlertKind.PositionClosed]);
        await LiveAsync("rain");
        await running.Worker.StepAsync(CancellationToken.None);

        Assert.Equal("position_closed", (string?)Assert.Single(receiver.Received).Body["kind"]);
    }

    [Fact]
    public async Task DailySummary_HasTheOverviewsFiguresOnceADay()
    {
        var running = await ReadyAsync();
        var overview = desk.Current.Overview!;
        for (var hour = 0; hour < 26; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await running.Worker.StepAsync(CancellationToken.None);
        }

        var text = (string)Assert.Single(receiver.Received).Body["text"]!;
        foreach (var amount in (Usdc[])[overview.Equity, overview.Cash, overview.Holdings, overview.Fees])
            Assert.Contains(Say.Money(amount), text, StringComparison.Ordinal);
        Assert.Equal("daily-2026-03-12", receiver.Received.Single().Key);
    }

    [Fact]
    public async Task Telegram_AndDiscord_GetTheirOwnForms()
    {
        var running = Begin(telegram: true);
        await running.Worker.StepAsync(CancellationToken.None);
        Assert.Null(await running.Desk.ChangeAsync(
            new(AlertChannel.Telegram, true, "-100123456", "123456:ABCDEFGHIJKLMNOPQRSTUVWX"), CancellationToken.None));
        Assert.Null(await running.Desk.ChangeAsync(
            new(AlertChannel.Discord, true, new Uri(receiver.Address, "api/webhooks/1/hush").ToString()),
            CancellationToken.None));
        await IncidentAsync(running);

        var telegram = receiver.Received.Single(alert => alert.Path.StartsWith("/bot", StringComparison.Ordinal));
        Assert.Equal("-100123456", (string?)telegram.Body["chat_id"]);
        Assert.EndsWith($"#{telegram.Key}", (string)telegram.Body["text"]!, StringComparison.Ordinal);
        var discord = receiver.Received.Single(alert => alert.Path.StartsWith("/api", StringComparison.Ordinal));
        Assert.Equal($"#{discord.Key}", (string?)discord.Body["embeds"]![0]!["footer"]!["text"]);
        Assert.Empty(discord.Body["allowed_mentions"]!["parse"]!.AsArray());
    }

    [Fact]
    public async Task Secrets_AreInOneFileOfTheOwnersAndNowhereElse()
    {
        const string Secret = "hush-hush-hush";
        var running = await ReadyAsync(path: Secret);
        await IncidentAsync(running, $"the venue said no at https://relay.example/{Secret}?key={Secret}");

        var file = folder["alerts.json"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains(Secret, await File.ReadAllTextAsync(file, CancellationToken.None), StringComparison.Ordinal);
        var view = await running.Desk.ViewAsync(CancellationToken.None);
        var shown = $"{string.Join(' ', view.Channels)} {running.Desk.Settings}";
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ReadAsync<long>(
            $"SELECT count(*) FROM alert_outbox AS a WHERE a::text LIKE '%{Secret}%'"));
        Assert.DoesNotContain(Secret, (string)receiver.Received.Single().Body["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_SaysWhatTheChannelAnswered()
    {
        var running = await ReadyAsync();
        receiver.Next(503);
        var refused = await running.Desk.TestAsync(AlertChannel.Webhook, CancellationToken.None);
        var taken = await running.Desk.TestAsync(AlertChannel.Webhook, CancellationToken.None);
        var missing = await running.Desk.TestAsync(AlertChannel.Discord, CancellationToken.None);

        Assert.Equal((false, "The channel answered 503."), (refused.IsSent, refused.Message));
        Assert.True(taken.IsSent);
        Assert.False(missing.IsSent);
    }

    private async Task<Running> ReadyAsync(
        IReadOnlyCollection<AlertKind>? kinds = null, int mostQueued = 100, string path = "hook")
    {
        var running = Begin(mostQueued);
        Assert.Null(await running.Desk.ChangeAsync(
            new(AlertChannel.Webhook, true, new Uri(receiver.Address, path).ToString(), Kinds: kinds),
            CancellationToken.None));
        Show();
        await running.Worker.StepAsync(CancellationToken.None);
        return running;
    }

    private Running Begin(int mostQueued = 100, bool telegram = false)
    {
        if (telegram)
            Show();
        var options = new AlertOptions
        {
            Account = PositionLife.Account.Value, DataFolder = folder.Path, AllowsLoopback = true,
            TelegramRoot = receiver.Address, MostQueued = mostQueued, Patience = TimeSpan.FromSeconds(1),
        };
        var outbox = new AlertOutbox(database.Source, options.Account);
        var sender = new AlertSender(options, clock);
        senders.Add(sender);
        var alerts = new AlertDesk(options, outbox, sender, clock);
        return new(alerts, new AlertWorker(
            options, alerts, outbox, sender, new PostgresJournalReader(database.Source),
            new PostgresHistory(database.Source), desk, null, clock, NullLogger<AlertWorker>.Instance));
    }

    private async Task LiveAsync(string name)
    {
        foreach (var batch in new PositionLife(state, name, Start.AddMinutes(state.Sequence)).Whole())
            await AppendAsync(batch);
        Show();
    }

    private async Task IncidentAsync(Running running, string detail = "ours 1, theirs 2")
    {
        var record = new Core.Engine.Recorder(state, new Stamp(Start.AddDays(1), Start.AddDays(1)));
        record.Emit(new EngineOutput.IncidentRaised("cash", detail));
        await AppendAsync(new JournalBatch { Records = [.. record.Records] });
        Show();
        await running.Worker.StepAsync(CancellationToken.None);
    }

    private void Show() => desk.Show(new DeskView
    {
        Activity = EngineActivity.Running,
        Overview = Projector.Overview(state, "sandbox"),
    });

    private Task AppendAsync(JournalBatch batch) => journal.AppendAsync(batch, CancellationToken.None);

    private sealed record Running(AlertDesk Desk, AlertWorker Worker);
}
