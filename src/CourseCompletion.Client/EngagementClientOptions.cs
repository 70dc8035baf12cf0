namespace CourseCompletion.Client;

/// <summary>How an <see cref="EngagementClient"/> batches, limits and resends.</summary>
public sealed class EngagementClientOptions
{
    /// <summary>The most events a batch may hold on the wire: the server takes 1,000.</summary>
    public const int BatchEventsLimit = 1_000;

    /// <summary>How many events make a batch full, 1 to 1,000. Default 250.</summary>
    public int BatchEventsMax { get; init; } = 250;

    /// <summary>How many bytes a batch may have on the wire; larger ones are split. Default 4 MiB; the server takes 16 MB.</summary>
    /// <remarks>A single event above it is answered with REJECTED without being sent.</remarks>
    public int BatchBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a single event waits for others to fill its batch. Default 20 ms; zero sends each event at once.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many batches may be on the wire without an answer. Default 16.</summary>
    public int BatchesInFlightMax { get; init; } = 16;

    /// <summary>How many events may be unanswered, sent or not, before callers wait. Default 16,384.</summary>
    /// <remarks>A batch larger than this is taken when nothing else is unanswered.</remarks>
    public int UnacknowledgedEventsMax { get; init; } = 16_384;

    /// <summary>After how long an unanswered event is given up and reported with RETRY. Default null: never.</summary>
    /// <remarks>Checked before each sending and while the server cannot be reached, so up to <see cref="ReconnectDelayMax"/> late.</remarks>
    public TimeSpan? ResendDurationMax { get; init; }

    /// <summary>The delay before the first new attempt after a broken stream; it doubles with each further one. Default 100 ms.</summary>
    public TimeSpan ReconnectDelayMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay between two attempts. Default 5 s.</summary>
    public TimeSpan ReconnectDelayMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long no answer may come while batches are unanswered before the stream is taken for dead. Default 30 s.</summary>
    /// <remarks>The server answers every batch within 5 seconds, with RETRY where it must.</remarks>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="EngagementClient.DisposeAsync"/> waits for answers. Default 30 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether each batch tells the server this process's clock, so that a wrong clock is corrected. Default false.</summary>
    /// <remarks>
    /// Turn it on only where `occurred_at` is stamped by this process's clock, moments before sending. A batch that is held up on its
    /// way for more than 2 minutes would otherwise have its times shifted.
    /// </remarks>
    public bool SendClock { get; init; }

    /// <summary>Whether a learner's events wait until the learner's earlier ones are answered. Default true.</summary>
    /// <remarks>
    /// The server takes batches side by side; without this, a later event may be accepted first, and in history, where months lie
    /// between two events, the earlier one is then too late for ever. The other learners of a batch do not wait. Turn it off for live
    /// traffic of few learners with a high rate each; events that are to be sent again after RETRY hold back later ones even then.
    /// </remarks>
    public bool KeepLearnerOrder { get; init; } = true;

    /// <summary>
    /// Called once for each event that was given to <see cref="EngagementClient.EnqueueAsync"/>, when its fate is known.
    /// </summary>
    /// <remarks>
    /// One call at a time, on a thread of the client's: return quickly. What it throws ends the client, after everybody has heard of
    /// their events.
    /// </remarks>
    public Action<EventAcknowledgement>? Acknowledged { get; init; }

    /// <summary>Called when a stream broke, with the reason and the delay before the next attempt. For logs.</summary>
    public Action<StreamInterruption>? Interrupted { get; init; }

    /// <summary>The clock for lingering, delays and timeouts. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchEventsMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchEventsMax, BatchEventsLimit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchBytesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BatchesInFlightMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(UnacknowledgedEventsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(Linger, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReconnectDelayMin, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReconnectDelayMax, ReconnectDelayMin);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResponseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShutdownTimeout, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(TimeProvider);
    }
}
