namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>What the gate decided about one nudge. The numbers are stored and never reused.</summary>
public enum NudgeVerdict : byte
{
    /// <summary>Not given.</summary>
    Unspecified = 0,

    /// <summary>Sent.</summary>
    Sent = 1,

    /// <summary>It passed every check and would have been sent, but the learner is in a holdout or in the campaign's control.</summary>
    WouldSend = 2,

    /// <summary>It passed every check, and not to send was what the campaign chose.</summary>
    Withheld = 3,

    /// <summary>To be decided again later (quiet hours).</summary>
    Deferred = 4,

    /// <summary>A check stopped it.</summary>
    Suppressed = 5,

    /// <summary>It came too late to be sent.</summary>
    Missed = 6,
}
