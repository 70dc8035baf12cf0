namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>A decision that the learner's state remembers, and what came of it. Owned and changed by one fold at a time.</summary>
public sealed class NudgeEntry(NudgeDecision decision)
{
    /// <summary>How long after a send a return counts as its reward: 24 h.</summary>
    public const long RewardWindowMs = 24L * 3_600_000;

    /// <summary>How much has to be watched for the first time then: one minute.</summary>
    public const long RewardUniqueMs = 60_000;

    /// <summary>The decision, the newest one when it was deferred before.</summary>
    public NudgeDecision Decision { get; set; } = decision;

    /// <summary>When it was opened first; 0 when it was not.</summary>
    public long OpenedAtMs { get; set; }

    /// <summary>When it was dismissed first; 0 when it was not.</summary>
    public long DismissedAtMs { get; set; }

    /// <summary>Milliseconds of video watched for the first time within the reward's window.</summary>
    public long UniqueMs { get; set; }

    /// <summary>When the learner had watched enough for the reward; 0 when not.</summary>
    public long ActedAtMs { get; set; }

    /// <summary>Where its delivery stands.</summary>
    public NudgeDelivery Delivery { get; set; }

    /// <summary>When the delivery ended; 0 while it has not.</summary>
    public long DeliveryEndedAtMs { get; set; }

    /// <summary>Whether its reward is known and went into what the campaign learns.</summary>
    public bool IsFinished { get; set; }

    /// <summary>The journal sequence of the last change.</summary>
    public long ChangedAtSequence { get; set; }

    /// <summary>A copy that later folds do not change.</summary>
    public NudgeEntry Copy() => (NudgeEntry)MemberwiseClone();
}

/// <summary>Where a delivery stands. The numbers are stored and never reused.</summary>
public enum NudgeDelivery : byte
{
    /// <summary>There is nothing to deliver.</summary>
    None = 0,

    /// <summary>It is with its channel, or will be again.</summary>
    Pending = 1,

    /// <summary>Its channel took it.</summary>
    Delivered = 2,

    /// <summary>Its channel refused it for good, or did not take it in time.</summary>
    Failed = 3,
}
