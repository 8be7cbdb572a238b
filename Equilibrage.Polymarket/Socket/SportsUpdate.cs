using System.Buffers;
using System.Text.Json;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// One game of the sports channel. The channel needs no subscription; its text <c>ping</c> wants <c>pong</c>.
/// </summary>
public sealed record SportsUpdate
{
    /// <summary>The exchange's id of the game.</summary>
    public required string GameId { get; init; }

    /// <summary>Sportradar's id, when told.</summary>
    public string? SportradarGameId { get; init; }

    /// <summary>The game's address part.</summary>
    public string Slug { get; init; } = "";

    /// <summary>Such as <c>nba</c>.</summary>
    public string League { get; init; } = "";

    /// <summary>Home team.</summary>
    public string HomeTeam { get; init; } = "";

    /// <summary>Away team.</summary>
    public string AwayTeam { get; init; } = "";

    /// <summary>The league's own word.</summary>
    public string Status { get; init; } = "";

    /// <summary>True while it is played.</summary>
    public bool IsLive { get; init; }

    /// <summary>True when it is over.</summary>
    public bool IsEnded { get; init; }

    /// <summary>As written by the source, such as <c>101-98</c>.</summary>
    public string Score { get; init; } = "";

    /// <summary>Such as <c>Q4</c>.</summary>
    public string Period { get; init; } = "";

    /// <summary>Time played in the period, as written by the source.</summary>
    public string Elapsed { get; init; } = "";

    /// <summary>Whose turn it is, where a game has turns.</summary>
    public string? Turn { get; init; }

    /// <summary>Reads a frame; null when it is no game.</summary>
    public static SportsUpdate? Read(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document?.RootElement is not { } json || json.Text("gameId") is not { Length: > 0 } id)
            return null;
        return new()
        {
            GameId = id,
            SportradarGameId = json.Text("sportradarGameId"),
            Slug = json.Text("slug") ?? "",
            League = json.Text("leagueAbbreviation") ?? "",
            HomeTeam = json.Text("homeTeam") ?? "",
            AwayTeam = json.Text("awayTeam") ?? "",
            Status = json.Text("status") ?? "",
            IsLive = json.Flag("live") ?? false,
            IsEnded = json.Flag("ended") ?? false,
            Score = json.Text("score") ?? "",
            Period = json.Text("period") ?? "",
            Elapsed = json.Text("elapsed") ?? "",
            Turn = json.Text("turn"),
        };
    }

    /// <summary>Writes the frame.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        json.WriteString("gameId"u8, GameId);
        if (SportradarGameId is { } sportradar)
            json.WriteString("sportradarGameId"u8, sportradar);
        json.WriteString("slug"u8, Slug);
        json.WriteString("leagueAbbreviation"u8, League);
        json.WriteString("homeTeam"u8, HomeTeam);
        json.WriteString("awayTeam"u8, AwayTeam);
        json.WriteString("status"u8, Status);
        json.WriteBoolean("live"u8, IsLive);
        json.WriteBoolean("ended"u8, IsEnded);
        json.WriteString("score"u8, Score);
        json.WriteString("period"u8, Period);
        json.WriteString("elapsed"u8, Elapsed);
        if (Turn is { } turn)
            json.WriteString("turn"u8, turn);
        json.WriteEndObject();
    }
}
