using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>An append that waits for its partition's next script. Its continuation never runs on the thread that reads Redis' answers.</summary>
internal sealed class QueuedAppend(LearnerAppend append, long queuedAt, CancellationToken cancellationToken)
    : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public LearnerAppend Append { get; } = append;

    /// <summary>When it was queued, as a timestamp of the store's clock.</summary>
    public long QueuedAt { get; } = queuedAt;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>How much of a script it takes, in bytes; an upper bound, since ids are short.</summary>
    public int CostBytes { get; } = RedisFrame.HeaderBytes + append.Payload.Length + (append.Targets.Count * 256);
}
