using System.Globalization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The operator's leave to trade with real money. It expires, by the wall clock or by the machine's own, whichever says
/// so first, and nobody writes it down: a restart and a closed vault end it. Once it has expired, what is held may
/// still be sold, merged and redeemed, since leaving positions unwatched would be the greater danger.
/// </summary>
/// <param name="clock">Wall time and the machine's own.</param>
internal sealed class LiveArming(TimeProvider clock) : IArming, IDisposable
{
    /// <summary>The longest arming.</summary>
    public const int MostHours = 24;

    /// <summary>The arming when nothing else is asked for.</summary>
    public const int UsualHours = 12;

    private readonly Lock turn = new();
    private Leave? leave;
    private ITimer? expiry;

    /// <summary>Raised after <see cref="Permission"/> may have changed.</summary>
    public event EventHandler? Changed;

    /// <inheritdoc/>
    public OrderPermission Permission => leave switch
    {
        null => OrderPermission.Nothing,
        { IsEnded: true } => OrderPermission.ExitsOnly,
        var given => Left(given) > TimeSpan.Zero ? OrderPermission.Everything : OrderPermission.ExitsOnly,
    };

    /// <inheritdoc/>
    public string? Reason => Permission switch
    {
        OrderPermission.Everything => null,
        OrderPermission.ExitsOnly => leave is { IsEnded: true }
            ? "The operator disarmed the desk: only exits go on until it is armed again."
            : "The arming has expired: only exits go on until the desk is armed again.",
        _ => "The desk is not armed: nothing is sent except cancels.",
    };

    /// <summary>When the arming expires or expired, wall time; null when there was none.</summary>
    public DateTimeOffset? Until => leave?.Until;

    /// <summary>How long the arming still holds; zero when it does not.</summary>
    public TimeSpan TimeLeft => leave is { IsEnded: false } given && Left(given) is { Ticks: > 0 } left
        ? left
        : TimeSpan.Zero;

    /// <summary>Gives leave.</summary>
    /// <param name="hours">For how long, 1 to 24.</param>
    public void Arm(int hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hours, MostHours);
        var length = TimeSpan.FromHours(hours);
        Replace(new(clock.GetUtcNow() + length, clock.GetTimestamp(), length, false), length);
    }

    /// <summary>Ends the leave: only exits go on. Nothing changes where there was none.</summary>
    public void Disarm()
    {
        if (leave is { } given)
            Replace(given with { IsEnded = true }, null);
    }

    /// <summary>Ends everything: the vault was closed.</summary>
    public void Forget() => Replace(null, null);

    /// <summary>What led to the present permission, for the journal.</summary>
    public string Describe() => Reason ?? string.Create(
        CultureInfo.InvariantCulture, $"The operator armed the desk until {Until:yyyy-MM-dd HH:mm:ss} UTC.");

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (turn)
            expiry?.Dispose();
    }

    private void Replace(Leave? next, TimeSpan? wake)
    {
        lock (turn)
        {
            leave = next;
            expiry?.Dispose();
            expiry = wake is { } due
                ? clock.CreateTimer(_ => Changed?.Invoke(this, EventArgs.Empty), null, due, Timeout.InfiniteTimeSpan)
                : null;
        }

        Changed?.Invoke(this, EventArgs.Empty);
    }

    // A clock that is set back must not lengthen it, and neither must a machine that slept.
    private TimeSpan Left(Leave given)
    {
        var byWall = given.Until - clock.GetUtcNow();
        var byMachine = given.Length - clock.GetElapsedTime(given.From);
        return byWall < byMachine ? byWall : byMachine;
    }

    private sealed record Leave(DateTimeOffset Until, long From, TimeSpan Length, bool IsEnded);
}
