using System.Buffers;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// The three parts of an API key as a socket carries them. Never written to a log: its text is empty.
/// </summary>
/// <param name="ApiKey">The key's id.</param>
/// <param name="Secret">The secret, base64.</param>
/// <param name="Passphrase">The passphrase.</param>
public sealed record SocketCredentials(string ApiKey, string Secret, string Passphrase)
{
    /// <summary>Names nothing.</summary>
    public override string ToString() => nameof(SocketCredentials);
}

/// <summary>A client's frame on the user channel.</summary>
/// <param name="Change">What it does.</param>
/// <param name="Markets">The condition ids; none means all markets.</param>
public sealed record UserSubscription(SubscriptionChange Change, IReadOnlyList<MarketId> Markets)
{
    /// <summary>Who asks; needed by the first frame only.</summary>
    public SocketCredentials? Credentials { get; init; }

    /// <summary>Writes the frame.</summary>
    /// <exception cref="InvalidOperationException">The first frame of a connection without credentials.</exception>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        if (Change == SubscriptionChange.Open)
        {
            var auth = Credentials ?? throw new InvalidOperationException("The user channel needs an API key.");
            json.WriteStartObject("auth"u8);
            json.WriteString("apiKey"u8, auth.ApiKey);
            json.WriteString("secret"u8, auth.Secret);
            json.WriteString("passphrase"u8, auth.Passphrase);
            json.WriteEndObject();
            json.WriteString("type"u8, "user"u8);
        }
        else
        {
            json.WriteString("operation"u8, Change == SubscriptionChange.Subscribe ? "subscribe"u8 : "unsubscribe"u8);
        }

        if (Markets.Count > 0 || Change != SubscriptionChange.Open)
            json.WriteTexts("markets"u8, Markets.Select(market => market.Value));
        json.WriteEndObject();
    }

    /// <summary>Reads a client's frame; null when it is none.</summary>
    public static UserSubscription? Read(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document is null)
            return null;
        var json = document.RootElement;
        IReadOnlyList<MarketId> markets = [.. json.Texts("markets").Select(id => new MarketId(id))];
        if (json.Text("operation") is { } operation)
        {
            return operation switch
            {
                "subscribe" => new(SubscriptionChange.Subscribe, markets),
                "unsubscribe" => new(SubscriptionChange.Unsubscribe, markets),
                _ => null,
            };
        }

        if (!json.TryGetProperty("auth", out var auth) || auth.Text("apiKey") is not { } key)
            return null;
        return new(SubscriptionChange.Open, markets)
        {
            Credentials = new(key, auth.Text("secret") ?? "", auth.Text("passphrase") ?? ""),
        };
    }
}
