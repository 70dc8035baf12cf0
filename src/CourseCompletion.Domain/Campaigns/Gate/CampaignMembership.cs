using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>A learner's part in one campaign: the side in its experiment and what came of it, for the campaign's report. Owned and changed by one fold at a time.</summary>
public sealed class CampaignMembership(CampaignId campaign, CourseId course)
{
    /// <summary>How long a return counts for the report's primary metric: 7 days.</summary>
    public const long ReturnWindowMs = 7L * 24 * 3_600_000;

    /// <summary>The campaign.</summary>
    public CampaignId Campaign { get; } = campaign;

    /// <summary>The course in which the campaign reached the learner first.</summary>
    public CourseId Course { get; } = course;

    /// <summary>The side; sticky, but for the global holdout, which rotates.</summary>
    public AssignmentGroup Group { get; set; }

    /// <summary>When it was drawn: at the campaign's first offer to an enrolled learner.</summary>
    public long AssignedAtMs { get; set; }

    /// <summary>The completion probability then: the covariate of the pre-period.</summary>
    public float ProbabilityAtAssignment { get; set; }

    /// <summary>When an offer passed every check first, whatever the side; 0 while none did.</summary>
    public long TriggeredAtMs { get; set; }

    /// <summary>The completion probability then.</summary>
    public float ProbabilityAtTrigger { get; set; }

    /// <summary>The due time of the newest scheduled occurrence decided for good.</summary>
    public long NewestDueAtMs { get; set; }

    /// <summary>Nudges sent.</summary>
    public int Sent { get; set; }

    /// <summary>Nudges that would have been.</summary>
    public int WouldSend { get; set; }

    /// <summary>Nudges that the campaign chose not to send.</summary>
    public int Withheld { get; set; }

    /// <summary>Nudges that a check stopped.</summary>
    public int Suppressed { get; set; }

    /// <summary>Of these, those stopped by a cap that other campaigns' nudges had used up.</summary>
    public int Displaced { get; set; }

    /// <summary>Nudges that came too late.</summary>
    public int Missed { get; set; }

    /// <summary>Sent nudges that were opened.</summary>
    public int Opened { get; set; }

    /// <summary>Sent nudges that were dismissed.</summary>
    public int Dismissed { get; set; }

    /// <summary>Nudges, sent or not, after which the learner came back within 24 h and watched a minute.</summary>
    public int Acted { get; set; }

    /// <summary>The first activity in the course after the assignment; 0 without any.</summary>
    public long ReturnedAtMs { get; set; }

    /// <summary>The first one after the first trigger; 0 without any.</summary>
    public long ReturnedAfterTriggerAtMs { get; set; }

    /// <summary>The first check-in in the course after the first trigger; 0 without any.</summary>
    public long CheckedInAtMs { get; set; }

    /// <summary>What the learner's finished decisions say about the campaign's arms; null while there are none.</summary>
    public ArmStatistics? Arms { get; set; }

    /// <summary>What they say about whom to leave alone; null where the campaign does not send on expected gain, and while there are none.</summary>
    public UpliftTrack? Uplift { get; set; }

    /// <summary>The journal sequence of the last change.</summary>
    public long ChangedAtSequence { get; set; }

    /// <summary>With whom the side was drawn.</summary>
    public AssignmentCluster Cluster { get; set; }

    /// <summary>Whether the learner is on a side of the experiment, and stays there.</summary>
    public bool IsAssigned => Group is AssignmentGroup.Treatment or AssignmentGroup.Control;

    /// <summary>A copy that later folds do not change.</summary>
    public CampaignMembership Copy()
    {
        var copy = (CampaignMembership)MemberwiseClone();
        copy.Arms = Arms?.Copy();
        copy.Uplift = Uplift?.Copy();
        return copy;
    }
}
