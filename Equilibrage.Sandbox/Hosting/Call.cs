using Equilibrage.Core.Orders;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>Something asked of the venue: done by the one writer, answered after its effects are on record.</summary>
internal abstract class Call(bool isChange)
{
    /// <summary>Does it; the answer is kept back.</summary>
    public abstract void Execute(ExchangeState state);

    /// <summary>Answers.</summary>
    public abstract void Complete();

    /// <summary>Answers that the record failed after the call was begun.</summary>
    public void Lose() => Fail(
        isChange ? VenueErrorKind.Unknown : VenueErrorKind.Unavailable,
        "The practice exchange lost its database; whether this took place is in its record.");

    /// <summary>Answers that the call was not begun.</summary>
    public void Refuse() => Fail(VenueErrorKind.Unavailable, "The practice exchange waits for its database.");

    /// <summary>Answers with an error.</summary>
    protected abstract void Fail(VenueErrorKind kind, string message);
}

/// <summary>A call with an answer of one type.</summary>
internal sealed class Call<T>(Func<ExchangeState, T> work, bool isChange) : Call(isChange)
{
    private readonly TaskCompletionSource<(T? Value, VenueError? Error)> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T? result;

    /// <summary>The answer or the error.</summary>
    public Task<(T? Value, VenueError? Error)> Answer => answer.Task;

    /// <inheritdoc/>
    public override void Execute(ExchangeState state) => result = work(state);

    /// <inheritdoc/>
    public override void Complete() => answer.TrySetResult((result, null));

    /// <inheritdoc/>
    protected override void Fail(VenueErrorKind kind, string message) =>
        answer.TrySetResult((default, new(kind, message)));
}
