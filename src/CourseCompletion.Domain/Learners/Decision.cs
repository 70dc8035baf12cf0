namespace CourseCompletion.Domain.Learners;

/// <summary>What becomes of an event.</summary>
/// <param name="Status">Accepted, repeated or rejected.</param>
/// <param name="Rejection">Why, when rejected.</param>
public readonly record struct Decision(DecisionStatus Status, Rejection? Rejection)
{
    private static readonly Rejection _tooLate = new(
        RejectionReason.TooLate,
        "occurred_at",
        "The event is older than this source's dedupe horizon: import old history under a source of its own, oldest first.");

    private static readonly Rejection _inTheFuture = new(
        RejectionReason.InTheFuture,
        "occurred_at",
        "The event lies more than 5 minutes in the future: correct the producer's clock, or send the batch's sent_at.");

    /// <summary>New: to be folded.</summary>
    public static Decision Accepted => new(DecisionStatus.Accepted, null);

    /// <summary>Repeated: changes nothing.</summary>
    public static Decision Duplicate => new(DecisionStatus.Duplicate, null);

    /// <summary>Behind the source's floor.</summary>
    public static Decision TooLate => new(DecisionStatus.Rejected, _tooLate);

    /// <summary>Too far ahead of the clock.</summary>
    public static Decision InTheFuture => new(DecisionStatus.Rejected, _inTheFuture);

    /// <summary>Rejected for a reason.</summary>
    public static Decision Reject(Rejection why) => new(DecisionStatus.Rejected, why);

    /// <summary>Rejected because a cap is reached.</summary>
    public static Decision Limit(string field, string message) => Reject(new(RejectionReason.LimitExceeded, field, message));
}

/// <summary>The three fates of a well-formed event.</summary>
public enum DecisionStatus : byte
{
    /// <summary>New.</summary>
    Accepted = 0,

    /// <summary>Repeated.</summary>
    Duplicate = 1,

    /// <summary>Never to be accepted as it is.</summary>
    Rejected = 2,
}
