namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>Why a nudge was sent or not, in the order in which the gate asks. The numbers are stored and never reused.</summary>
public enum NudgeReason : byte
{
    /// <summary>Nothing stood against it.</summary>
    None = 0,

    /// <summary>The learner opted out of its purpose.</summary>
    OptedOut = 1,

    /// <summary>The learner agreed to none of the campaign's channels.</summary>
    NoChannel = 2,

    /// <summary>The campaign is paused, archived, not begun or over.</summary>
    CampaignClosed = 3,

    /// <summary>The learner is not enrolled in the course, or left it.</summary>
    NotEnrolled = 4,

    /// <summary>The learner completed the course.</summary>
    Completed = 5,

    /// <summary>The learner is not, or no more, in the campaign's audience.</summary>
    OutOfAudience = 6,

    /// <summary>What it would remind of is done already.</summary>
    AlreadyDone = 7,

    /// <summary>As many nudges as the learner may get in 24 h were sent.</summary>
    DayCap = 8,

    /// <summary>As many as in 7 days.</summary>
    WeekCap = 9,

    /// <summary>The learner took no notice of the last ones.</summary>
    Ignored = 10,

    /// <summary>The learner's quiet hours.</summary>
    QuietHours = 11,

    /// <summary>Not to send is one of the campaign's arms, and it was drawn.</summary>
    ArmWithoutSend = 12,

    /// <summary>The learner is in the global holdout of this quarter.</summary>
    GlobalHoldout = 14,

    /// <summary>The learner is in the campaign's control group.</summary>
    Control = 15,

    /// <summary>It was due longer ago than the campaign sends late.</summary>
    TooLate = 16,

    /// <summary>The arm that was drawn sends later.</summary>
    ArmDelay = 17,

    /// <summary>A nudge is expected to bring this learner nothing, or to do harm, as the campaign has shown that it can tell.</summary>
    NoExpectedGain = 18,

    /// <summary>It was withheld to learn what becomes of learners without it: the draw fell out so, whatever is expected.</summary>
    Exploration = 19,
}
