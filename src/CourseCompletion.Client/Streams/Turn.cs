namespace CourseCompletion.Client.Streams;

/// <summary>What the writer does next.</summary>
/// <param name="Batch">The batch to write, if any.</param>
/// <param name="Changed">Completes when it is worth looking again.</param>
/// <param name="LookAgainAt">The timestamp at which a delayed batch is due, if any.</param>
/// <param name="IsOver">Whether everything is answered and nothing more will come.</param>
internal readonly record struct Turn(WireBatch? Batch, Task? Changed, long? LookAgainAt, bool IsOver)
{
    /// <summary>Waits until it is worth looking again.</summary>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (Changed is null)
            return;
        if (LookAgainAt is not { } due)
        {
            await Changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        var wait = TimeSpan.FromSeconds((double)(due - time.GetTimestamp()) / time.TimestampFrequency) + TimeSpan.FromMilliseconds(1);
        if (wait > TimeSpan.Zero)
            await Changed.WaitAsync(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
