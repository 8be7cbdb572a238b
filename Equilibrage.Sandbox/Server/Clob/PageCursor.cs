using Equilibrage.Sandbox.Server.Gamma;

namespace Equilibrage.Sandbox.Server.Clob;

/// <summary>The CLOB's cursors: <c>MA==</c> begins, <c>LTE=</c> ends.</summary>
internal static class PageCursor
{
    /// <summary>What stands for "no more".</summary>
    public const string End = "LTE=";

    /// <summary>The position of a cursor; one past everything for the end.</summary>
    public static long Read(string? text) => text == End ? long.MaxValue / 2 : Cursor.Read(text);

    /// <summary>The cursor of a position, or of the end.</summary>
    public static string Write(long? position) => position is { } more ? Cursor.Write(more) : End;
}
