using System.Buffers.Binary;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// A gzip file's own word on its length, since unpacking one that breaks off ends without an error.
/// </summary>
/// <param name="lastLength">Unpacked bytes of the last part modulo 2^32, as the file's last four bytes say.</param>
internal sealed class PackedFile(uint lastLength)
{
    private const int TrailerLength = 4;

    /// <summary>Null when the file is not packed. The file stands at its beginning before and after.</summary>
    public static PackedFile? Detect(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[TrailerLength];
        var isPacked = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B && file.Length > TrailerLength;
        if (isPacked)
        {
            file.Seek(-TrailerLength, SeekOrigin.End);
            file.ReadExactly(bytes);
        }

        file.Position = 0;
        return isPacked ? new(BinaryPrimitives.ReadUInt32LittleEndian(bytes)) : null;
    }

    /// <summary>
    /// True when less was unpacked than the file promises. A file of several parts promises only its last one, so there
    /// a broken last line has to speak too.
    /// </summary>
    public bool IsCutOff(long unpacked, bool isLastLineBroken) =>
        lastLength > unpacked || (lastLength != (uint)unpacked && isLastLineBroken);
}
