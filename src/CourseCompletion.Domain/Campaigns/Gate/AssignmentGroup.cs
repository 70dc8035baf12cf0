namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>A learner's side in a campaign's experiment. The numbers are stored and never reused.</summary>
public enum AssignmentGroup : byte
{
    /// <summary>None: the learner declines experiments, or the nudge is none (transactional).</summary>
    None = 0,

    /// <summary>Gets what the campaign sends.</summary>
    Treatment = 1,

    /// <summary>Gets nothing of this campaign.</summary>
    Control = 2,

    /// <summary>In the global holdout: gets nothing of any campaign.</summary>
    Holdout = 3,
}
