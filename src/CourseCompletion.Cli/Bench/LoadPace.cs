using System.Diagnostics;

namespace CourseCompletion.Cli.Bench;

/// <summary>When the batches of a load are due, shared by its streams.</summary>
/// <remarks>
/// At a fixed rate a batch that is late for want of room is clocked from when it was due: a server that stalls is charged for all that it kept waiting, not only for the batches that it
/// had already.
/// </remarks>
internal sealed class LoadPace(LoadShape shape)
{
    private readonly TimeSpan _interval = shape.EventsPerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)shape.BatchSize / shape.EventsPerSecond);
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private long _batches;

    /// <summary>Waits until the next batch is due.</summary>
    /// <returns>The timestamp from which its answer is clocked; null without a rate: from when it is sent.</returns>
    public async ValueTask<long?> NextAsync(CancellationToken cancellation)
    {
        if (_interval == TimeSpan.Zero)
        {
            return null;
        }

        var due = _interval * (Interlocked.Increment(ref _batches) - 1);
        var early = due - Stopwatch.GetElapsedTime(_startedAt);
        if (early > TimeSpan.Zero)
        {
            // A timer that fires late is the machine's delay, not the server's.
            await Task.Delay(early, cancellation);
            return Stopwatch.GetTimestamp();
        }

        return _startedAt + (long)(due.TotalSeconds * Stopwatch.Frequency);
    }
}
