using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The exchange's live feed: market channel on as many connections as its tokens need, user channel beside it, one
/// reader that owns all state. Connections hand their frames in over a bounded queue; when the reader is slow they
/// wait, and the exchange with them.
/// </summary>
internal sealed class PolymarketFeed(FeedParts parts, MarketClock clock) : IEventSource, IFeedStatus
{
    private const int MostInputs = 4096;
    private const int MostQuestions = 4;
    private const int AccountConnection = -1;

    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    private readonly FeedMachine machine = new(parts.Rules, clock, parts.Find);
    private readonly Channel<FeedInput> inputs = Channel.CreateBounded<FeedInput>(
        new BoundedChannelOptions(MostInputs) { SingleReader = true });

    private readonly Channel<UserMessage> accountMessages = Channel.CreateBounded<UserMessage>(
        new BoundedChannelOptions(MostInputs) { SingleReader = true, SingleWriter = true });

    private readonly Dictionary<int, RunningSocket> sockets = [];
    private readonly List<Task> running = [];
    private readonly SemaphoreSlim questions = new(MostQuestions);
    private IReadOnlyCollection<TokenId> wanted = [];
    private readonly Lock gate = new();
    private readonly HashSet<TokenId> left = [];
    private bool isNew;
    private FeedStatus status = FeedStatus.None;
    private AccountIdentity? identity;
    private AccountReader? account;
    private long accountGaps;
    private long refusedAccountFrames;
    private long failedTasks;
    private bool? isAccountOpen;

    /// <inheritdoc/>
    public FeedStatus Status => Volatile.Read(ref status);

    /// <inheritdoc/>
    public void Want(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            left.UnionWith(wanted.Except(tokens));
            wanted = [.. tokens];
            isNew = true;
        }

        // Where the queue is full a tick is in it, which looks as well.
        inputs.Writer.TryWrite(new FeedInput.Tick());
    }

    /// <inheritdoc/>
    public void Reseed(IReadOnlyCollection<TokenId> tokens)
    {
        lock (gate)
        {
            left.UnionWith(tokens);
            isNew = true;
        }

        inputs.Writer.TryWrite(new FeedInput.Tick());
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ticking = TickAsync(end.Token);
        var resolving = ResolveAsync(end.Token);
        if (parts is { UserChannel: not null, Identify: not null })
            running.Add(IdentifyAsync(parts.Identify, end.Token));
        try
        {
            while (!end.IsCancellationRequested)
            {
                var (isOpen, input) = await NextAsync(end.Token);
                if (!isOpen)
                    break;
                foreach (var report in Handle(input!, end.Token))
                    yield return report;
                if (input is FeedInput.Frame { Connection: not AccountConnection } frame)
                    parts.Applied?.Invoke(frame.ReceivedAt);
                foreach (var command in machine.TakeCommands())
                    Carry(command, end.Token);
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll([ticking, resolving, .. running, .. sockets.Values.Select(socket => socket.Run)])
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            sockets.Clear();
        }

        cancellation.ThrowIfCancellationRequested();
    }

    // The end of reading is no error here: it is told once, after everything has stopped.
    private async ValueTask<(bool IsOpen, FeedInput? Input)> NextAsync(CancellationToken cancellation)
    {
        try
        {
            return (true, await inputs.Reader.ReadAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            return (false, null);
        }
    }

    private IReadOnlyList<FeedEvent> Handle(FeedInput input, CancellationToken cancellation)
    {
        var now = parts.Wall.GetUtcNow();
        switch (input)
        {
            case FeedInput.Tick:
                Adopt(now);
                Sweep();
                machine.Tick(now);
                var latest = machine.Status();
                Volatile.Write(ref status, latest with
                {
                    FailedProbes = latest.FailedProbes + failedTasks,
                    IsAccountOpen = isAccountOpen,
                    AccountGaps = accountGaps,
                    RefusedAccountFrames = refusedAccountFrames,
                });
                break;
            case FeedInput.Frame { Connection: AccountConnection } frame:
                using (frame)
                    ReadAccount(frame.Bytes);
                break;
            case FeedInput.Account read: return account?.Read(read.Message, read.Fees) ?? [];
            case FeedInput.Identified known: Identified(known.Identity, cancellation); break;
            case FeedInput.Frame frame:
                using (frame)
                    machine.Received(frame.Connection, frame.Bytes, frame.ReceivedAt);
                break;
            case FeedInput.Opened { Connection: AccountConnection }: OpenedAccount(); break;
            case FeedInput.Opened opened: machine.Opened(opened.Connection, now); break;
            case FeedInput.Closed { Connection: AccountConnection }: ClosedAccount(cancellation); break;
            case FeedInput.Closed closed: machine.Closed(closed.Connection, now); break;
            case FeedInput.Answer answer: machine.Answered(answer.Token, answer.Book, now); break;
            case FeedInput.Described described: machine.Described(described.Id, described.Market); break;
        }

        return machine.TakeEvents();
    }

    private void Adopt(DateTimeOffset now)
    {
        IReadOnlyCollection<TokenId> latest;
        List<TokenId> back;
        lock (gate)
        {
            if (!isNew)
                return;
            isNew = false;
            latest = wanted;
            back = [.. left.Intersect(latest)];
            left.Clear();
        }

        machine.Want(latest, now);
        // A token that fell silent and is wanted again begins with its book, whether or not the exchange saw it go.
        machine.Repeat(back);
    }

    private void Carry(FeedCommand command, CancellationToken cancellation)
    {
        switch (command)
        {
            case FeedCommand.Open open: Open(open.Connection, parts.MarketChannel, cancellation); break;
            case FeedCommand.Close close when sockets.Remove(close.Connection, out var socket):
                socket.End.Cancel();
                running.Add(socket.Run);
                break;
            case FeedCommand.Send send when sockets.TryGetValue(send.Connection, out var socket):
                socket.Socket.TrySend(send.Frame);
                break;
            case FeedCommand.Probe probe: running.Add(AskAsync(probe.Tokens, cancellation)); break;
            case FeedCommand.Describe describe: running.Add(DescribeAsync(describe.Market, cancellation)); break;
            default: break;
        }
    }

    private void Open(int connection, Uri address, CancellationToken cancellation)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var owner = new Owner(connection, inputs.Writer, parts);
        var socket = new ReconnectingSocket(
            address, parts.Sockets, parts.Care, owner, parts.Wall, new Random(parts.Seed + connection));
        sockets[connection] = new(socket, end, socket.RunAsync(end.Token));
    }

    private async Task TickAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickEvery, parts.Wall);
        inputs.Writer.TryWrite(new FeedInput.Tick());
        while (await timer.WaitForNextTickAsync(cancellation))
            inputs.Writer.TryWrite(new FeedInput.Tick());
    }

    private async Task AskAsync(IReadOnlyList<TokenId> tokens, CancellationToken cancellation)
    {
        await questions.WaitAsync(cancellation);
        IReadOnlyList<PolledBook>? books;
        try
        {
            books = await parts.Books.ReadAsync(tokens, cancellation);
        }
        finally
        {
            questions.Release();
        }

        var found = (books ?? []).ToLookup(book => book.Book.TokenId);
        foreach (var token in tokens)
            await inputs.Writer.WriteAsync(new FeedInput.Answer(token, found[token].FirstOrDefault()), cancellation);
    }

    private async Task DescribeAsync(MarketId id, CancellationToken cancellation) => await inputs.Writer.WriteAsync(
        new FeedInput.Described(id, await parts.Describe(id, cancellation)), cancellation);

    // A question that failed is one without an answer: the machine waits for none longer than its bound.
    private void Sweep()
    {
        failedTasks += running.Count(task => task.IsFaulted);
        running.RemoveAll(task => task.IsCompleted);
    }

    private async Task IdentifyAsync(
        Func<CancellationToken, Task<AccountIdentity?>> identify, CancellationToken cancellation)
    {
        for (var failures = 1; ; failures++)
        {
            if (await identify(cancellation) is { } known)
            {
                await inputs.Writer.WriteAsync(new FeedInput.Identified(known), cancellation);
                return;
            }

            await Task.Delay(parts.Care.Backoff.WaitFor(failures, 1), parts.Wall, cancellation);
        }
    }

    private void Identified(AccountIdentity known, CancellationToken cancellation)
    {
        // The fills that were told are remembered by the reader, so it stays unless we are somebody else.
        var isSame = identity?.Wallet == known.Wallet && identity.Credentials.ApiKey == known.Credentials.ApiKey;
        if (account is null || !isSame)
            account = new(known, clock);
        identity = known;
        if (!sockets.ContainsKey(AccountConnection))
            Open(AccountConnection, parts.UserChannel!, cancellation);
    }

    private void OpenedAccount()
    {
        isAccountOpen = true;
        var frame = new System.Buffers.ArrayBufferWriter<byte>();
        new UserSubscription(SubscriptionChange.Open, []) { Credentials = identity!.Credentials }.Write(frame);
        sockets[AccountConnection].Socket.TrySend(frame.WrittenMemory);
    }

    private void ClosedAccount(CancellationToken cancellation)
    {
        if (isAccountOpen == true)
            accountGaps++;
        isAccountOpen = false;
        // A key that is no longer valid closes the channel without a word: ask whether there is another.
        running.Add(IdentifyAsync(parts.Identify!, cancellation));
    }

    private void ReadAccount(ReadOnlyMemory<byte> frame)
    {
        if (frame.IsEmpty || frame.Span.SequenceEqual("PONG"u8))
            return;
        if (UserFrames.Read(frame) is not { } messages)
        {
            refusedAccountFrames++;
            return;
        }

        // What does not fit is a gap like a lost connection: the account must be asked.
        foreach (var message in messages)
            accountGaps += accountMessages.Writer.TryWrite(message) ? 0 : 1;
    }

    // Fees are asked for beside the reader, which waits for nobody; the order of the events stays.
    private async Task ResolveAsync(CancellationToken cancellation)
    {
        await foreach (var message in accountMessages.Reader.ReadAllAsync(cancellation))
        {
            var fees = message is UserMessage.TradeChanged trade
                ? await parts.FeesOf(trade.Market, cancellation)
                : null;
            await inputs.Writer.WriteAsync(new FeedInput.Account(message, fees), cancellation);
        }
    }

    private sealed record RunningSocket(ReconnectingSocket Socket, CancellationTokenSource End, Task Run);

    private sealed class Owner(int connection, ChannelWriter<FeedInput> inputs, FeedParts parts) : ISocketOwner
    {
        private readonly string name = connection == AccountConnection ? "user" : "market";

        public ValueTask OpenedAsync(CancellationToken cancellation) =>
            inputs.WriteAsync(new FeedInput.Opened(connection), cancellation);

        public ValueTask ReceivedAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        {
            parts.Record?.Invoke(name, frame);
            return inputs.WriteAsync(
                FeedInput.Frame.Copy(connection, frame, parts.Wall.GetUtcNow()), cancellation);
        }

        public ValueTask ClosedAsync(string reason, CancellationToken cancellation) =>
            inputs.WriteAsync(new FeedInput.Closed(connection), cancellation);
    }
}
