using System.Net;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Hosting;

/// <summary>What the command line asks for, checked. Defaults are those of a practice desk on this machine.</summary>
internal sealed record RunOptions
{
    /// <summary>Which parts the desk runs with.</summary>
    public DeskMode Mode { get; init; } = DeskMode.Sandbox;

    /// <summary>
    /// A practice exchange that runs by itself: paper reads it in Polymarket's place, sandbox trades on it; null for
    /// Polymarket itself, or for one of our own.
    /// </summary>
    public Uri? Exchange { get; init; }

    /// <summary>The file that opens the vault in a passphrase's place; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The account that holds the money, for <c>vault set</c>; null to ask.</summary>
    public string? Funder { get; init; }

    /// <summary>True to place and cancel one real order, for <c>doctor</c>.</summary>
    public bool IsLiveTest { get; init; }

    /// <summary>True to keep the raw frames of the live feed.</summary>
    public bool Records { get; init; }

    /// <summary>The recorded file to feed back, for <c>replay</c>.</summary>
    public string? Recording { get; init; }

    /// <summary>The TCP port, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The address to listen on.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>Absolute path of the folder that keeps everything.</summary>
    public string Data { get; init; } = Path.GetFullPath(".equilibrage");

    /// <summary>What the practice universe is made from, 0 or more: the same seed makes the same universe.</summary>
    public long Seed { get; init; } = 7;

    /// <summary>Absolute path of a file of real markets; null for a made-up universe.</summary>
    public string? Markets { get; init; }

    /// <summary>Market time at which practice begins; null for the file's newest, or a built-in one.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>True when practice begins at the wall time of its first start, whenever that was.</summary>
    public bool StartsNow { get; init; }

    /// <summary>Absolute path of a file of faults for the practice exchange; null for none.</summary>
    public string? Faults { get; init; }

    /// <summary>Market seconds per wall second on the practice exchange, above 0, at most 100,000.</summary>
    public decimal Speed { get; init; } = 3000;

    /// <summary>Practice dollars to begin with, above 0.</summary>
    public Usdc Capital { get; init; } = Usdc.FromDecimal(1000);

    /// <summary>Why the desk is halted, for <c>halt</c>; null for a standard sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>True to compare without the exchange's record, for <c>audit</c>.</summary>
    public bool IsOffline { get; init; }

    /// <summary>True for one JSON document instead of lines, for <c>audit</c>.</summary>
    public bool AsJson { get; init; }
}
