using System.Globalization;
using System.Text;
using Equilibrage.Sandbox.Server.Http;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>A position in a list as an opaque word.</summary>
internal static class Cursor
{
    /// <summary>The position of a cursor; the beginning when there is none.</summary>
    public static long Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        Span<byte> bytes = stackalloc byte[32];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && long.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new BadRequestException("invalid cursor");
    }

    /// <summary>The cursor of a position.</summary>
    public static string Write(long position) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));
}
