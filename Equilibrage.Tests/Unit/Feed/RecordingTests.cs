using System.Buffers;
using System.Text;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Feed;

[Trait("Tier", "Unit")]
public sealed class RecordingTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly ManualTime time = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Recorder_Frames_AreReadBackAsTheyCame()
    {
        string[] sent = ["{\"a\":1}", "", "two\nlines", "Ä"];

        var folder = await RecordAsync(new(), sent);

        var file = Assert.Single(folder.Files);
        using var reader = new RecordingReader(File.OpenRead(folder.PathOf(file.Name)));
        foreach (var text in sent)
        {
            var frame = reader.Read() ?? throw new InvalidDataException("A frame is missing.");
            Assert.Equal((text, "market", time.GetUtcNow()),
                (Encoding.UTF8.GetString(frame.Bytes.Span), frame.Channel, frame.ReceivedAt));
        }

        Assert.Null(reader.Read());
        Assert.False(reader.IsTorn);
        Assert.Equal((4, sent.Sum(Encoding.UTF8.GetByteCount)), (file.Frames, file.Bytes));
    }

    [Fact]
    public async Task Folder_AfterACrash_HasTheFileWithItsWholeRecords()
    {
        var folder = await RecordAsync(new(), [.. Enumerable.Range(0, 5_000).Select(number => $"{{\"n\":{number}}}")]);
        var path = folder.PathOf(folder.Files[0].Name);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        File.Delete(folder.PathOf("index.jsonl"));

        var again = new RecordingFolder(temp.Path, new());

        Assert.True(again.Files[0].IsTorn);
        Assert.InRange(again.Files[0].Frames, 100, 4_999);
        Assert.Contains("1 files cut short", again.Coverage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_BeyondItsBounds_LetsTheOldestGoAndTellsGaps()
    {
        var now = time.GetUtcNow();
        var folder = new RecordingFolder(temp.Path, new() { KeepFor = TimeSpan.FromHours(3) });
        for (var hour = 0; hour < 5; hour++)
        {
            var from = now + TimeSpan.FromHours(hour);
            var name = RecordedFile.NameOf(from);
            File.WriteAllText(folder.PathOf(name), "");
            folder.Add(
                new()
                {
                    Name = name,
                    From = from,
                    To = from + TimeSpan.FromMinutes(30),
                    Frames = 10,
                    Bytes = 100,
                    Dropped = 1,
                    Gaps = [],
                },
                from + TimeSpan.FromMinutes(30));
        }

        Assert.Equal(4, folder.Files.Count);
        Assert.Equal(4, Directory.GetFiles(temp.Path, "*.gz").Length);
        Assert.Contains("3 gaps, 4 frames left out", folder.Coverage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfARecording_GoesThroughTheDecoderAndReports()
    {
        var book = new MarketMessage.Book(1)
        {
            Market = new("0xabc"),
            Token = new("111"),
            Bids = [new Level(Price.FromDecimal(0.4m), Quantity.FromDecimal(5))],
            Asks = [],
        };
        var output = new ArrayBufferWriter<byte>();
        MarketFrameWriter.Write(output, book);
        await RecordAsync(new(), [Encoding.UTF8.GetString(output.WrittenSpan), "PONG", "{\"broken\":"]);
        using var report = new StringWriter();

        Assert.Equal(0, await Replay.RunAsync(temp.Path, report));

        var text = report.ToString();
        Assert.Contains("Book: 1", text, StringComparison.Ordinal);
        Assert.Contains("Pong: 1", text, StringComparison.Ordinal);
        Assert.Contains("refused as Malformed: 1", text, StringComparison.Ordinal);
        Assert.Contains("111: bid 0.4", text, StringComparison.Ordinal);
        Assert.Equal(2, await Replay.RunAsync(Path.Combine(temp.Path, "nothing"), report));
    }

    private async Task<RecordingFolder> RecordAsync(RecordingRules rules, string[] frames)
    {
        var folder = new RecordingFolder(temp.Path, rules);
        await using (var recorder = new FrameRecorder(folder, rules, time))
        {
            foreach (var frame in frames)
                recorder.Record("market", Encoding.UTF8.GetBytes(frame));
        }

        return folder;
    }
}
