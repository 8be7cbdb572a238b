using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Equilibrage.Adapters.Transport;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Transport;

[Trait("Tier", "Unit")]
public sealed class ReconnectingSocketTests : IAsyncDisposable
{
    private readonly ManualTime time = new();
    private readonly FakeSockets sockets = new();
    private readonly Notes notes = new();
    private readonly CancellationTokenSource end = new();
    private readonly ReconnectingSocket socket;
    private readonly Task running;

    public ReconnectingSocketTests()
    {
        socket = new(new("ws://venue"), sockets, new(), notes, time, new Random(7));
        running = socket.RunAsync(end.Token);
    }

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 4)]
    [InlineData(50, 1, 30)]
    public void Backoff_Failures_DoubleTheWaitUpToTheLongest(int failures, double jitter, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.ForSockets.WaitFor(failures, jitter));

    [Fact]
    public async Task Open_Connection_IsToldThenItsFrames()
    {
        var open = await sockets.NextAsync();
        open.Arrive("one");

        await Eventually.TrueAsync(() => notes.Text == "opened one");
        Assert.True(socket.TrySend("hello"u8.ToArray()));
        await Eventually.TrueAsync(() => open.Sent == "hello");
    }

    [Fact]
    public async Task Silence_ForThirtySeconds_EndsTheConnectionAfterSignsOfLife()
    {
        var first = await sockets.NextAsync();
        await Eventually.TrueAsync(() => notes.Text == "opened" && time.Waiting == 1);

        time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => first.Sent == "PING");
        time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => first.Sent == "PINGPING");
        time.Advance(TimeSpan.FromSeconds(10));

        await Eventually.TrueAsync(() => notes.Text == "opened closed");
        await ReopenAsync();
        await Eventually.TrueAsync(() => notes.Text == "opened closed opened");
    }

    [Fact]
    public async Task Close_ByTheOtherSide_IsToldAndAnotherConnectionFollows()
    {
        var first = await sockets.NextAsync();
        first.Arrive("one");
        await Eventually.TrueAsync(() => notes.Text == "opened one");
        first.Close();

        await Eventually.TrueAsync(() => notes.Text == "opened one closed");
        Assert.False(socket.TrySend("lost"u8.ToArray()));
        await ReopenAsync();
        await Eventually.TrueAsync(() => notes.Text == "opened one closed opened");
    }

    [Fact]
    public async Task Refusal_OfEveryAttempt_IsToldEachTime()
    {
        sockets.Refuses = true;
        (await sockets.NextAsync()).Close();
        await Eventually.TrueAsync(() => notes.Text.EndsWith("closed", StringComparison.Ordinal));

        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(30));
            return notes.Text.EndsWith("closed closed closed", StringComparison.Ordinal);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running;
        end.Dispose();
    }

    private async Task ReopenAsync()
    {
        await Eventually.TrueAsync(() => time.Waiting == 1);
        time.Advance(TimeSpan.FromSeconds(1));
        await sockets.NextAsync();
    }

    private sealed class Notes : ISocketOwner
    {
        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString().Trim();
            }
        }

        public ValueTask OpenedAsync(CancellationToken cancellation) => Add("opened");

        public ValueTask ReceivedAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
            Add(Encoding.UTF8.GetString(frame.Span));

        public ValueTask ClosedAsync(string reason, CancellationToken cancellation) => Add("closed");

        private ValueTask Add(string word)
        {
            lock (text)
                text.Append(word).Append(' ');
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FakeSockets : IFrameSocketFactory
    {
        private readonly Channel<FakeSocket> opened = Channel.CreateUnbounded<FakeSocket>();

        public bool Refuses { get; set; }

        public ValueTask<FakeSocket> NextAsync() => opened.Reader.ReadAsync();

        public Task<IFrameSocket> ConnectAsync(Uri address, CancellationToken cancellation)
        {
            if (Refuses)
                throw new WebSocketException("refused");
            var socket = new FakeSocket();
            opened.Writer.TryWrite(socket);
            return Task.FromResult<IFrameSocket>(socket);
        }
    }

    private sealed class FakeSocket : IFrameSocket
    {
        private readonly Channel<byte[]> arriving = Channel.CreateUnbounded<byte[]>();
        private readonly StringBuilder sent = new();

        public string Sent
        {
            get
            {
                lock (sent)
                    return sent.ToString();
            }
        }

        public void Arrive(string frame) => arriving.Writer.TryWrite(Encoding.UTF8.GetBytes(frame));

        public void Close() => arriving.Writer.TryComplete();

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
        {
            if (await arriving.Reader.WaitToReadAsync(cancellation) && arriving.Reader.TryRead(out var frame))
                return frame;
            return null;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        {
            lock (sent)
                sent.Append(Encoding.UTF8.GetString(frame.Span));
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
