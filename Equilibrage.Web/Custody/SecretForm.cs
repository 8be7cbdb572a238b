using System.Text;

namespace Equilibrage.Web.Custody;

/// <summary>
/// A posted form whose fields never become text: read into one pinned buffer, decoded in place, and cleared. The
/// framework's own form reader would leave passphrases behind as strings.
/// </summary>
internal sealed class SecretForm : IDisposable
{
    private const int Longest = 16 * 1024;

    private readonly SecretBytes body;
    private readonly Dictionary<string, (int From, int Length)> fields;

    private SecretForm(SecretBytes body, Dictionary<string, (int From, int Length)> fields) =>
        (this.body, this.fields) = (body, fields);

    /// <summary>Reads a body of the type application/x-www-form-urlencoded; null when it is too long.</summary>
    public static async Task<SecretForm?> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var room = new SecretBytes(Longest);
        try
        {
            var length = 0;
            int read;
            while ((read = await request.Body.ReadAsync(room.Room[length..], cancellation)) > 0)
            {
                length += read;
                if (length == Longest)
                {
                    room.Dispose();
                    return null;
                }
            }

            room.Cut(length);
            return new(room, Split(room.Span));
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    /// <summary>A field's bytes, as UTF-8; empty when it is not there.</summary>
    public SecretBytes Secret(string name) => fields.TryGetValue(name, out var at)
        ? SecretBytes.Copy(body.Span.Slice(at.From, at.Length))
        : new(0);

    /// <summary>A field that may be seen.</summary>
    public string Text(string name) => fields.TryGetValue(name, out var at)
        ? Encoding.UTF8.GetString(body.Span.Slice(at.From, at.Length)).Trim()
        : "";

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();

    private static Dictionary<string, (int From, int Length)> Split(Span<byte> body)
    {
        var found = new Dictionary<string, (int From, int Length)>(StringComparer.Ordinal);
        var from = 0;
        while (from < body.Length)
        {
            var end = body[from..].IndexOf((byte)'&');
            end = end < 0 ? body.Length : from + end;
            var equals = body[from..end].IndexOf((byte)'=');
            if (equals > 0)
            {
                var name = Encoding.ASCII.GetString(body.Slice(from, equals));
                var value = from + equals + 1;
                found[name] = (value, Decode(body[value..end]));
            }

            from = end + 1;
        }

        return found;
    }

    // What is decoded is never longer than what was encoded, so it fits where it stands.
    private static int Decode(Span<byte> value)
    {
        var length = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '%' && index + 2 < value.Length && Digit(value[index + 1]) is { } high
                && Digit(value[index + 2]) is { } low)
            {
                value[length++] = (byte)((high << 4) | low);
                index += 2;
            }
            else
                value[length++] = value[index] == '+' ? (byte)' ' : value[index];
        }

        return length;
    }

    private static int? Digit(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => null,
    };
}
