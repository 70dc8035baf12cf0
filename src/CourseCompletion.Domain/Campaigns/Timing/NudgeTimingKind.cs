namespace CourseCompletion.Domain.Campaigns.Timing;

/// <summary>What a nudge's time goes by. The numbers are stored and never reused.</summary>
public enum NudgeTimingKind : byte
{
    /// <summary>Not given; never due.</summary>
    Unspecified = 0,

    /// <summary>The same local time every day.</summary>
    FixedTime = 1,

    /// <summary>A while after the learner's last practice.</summary>
    AfterPractice = 2,

    /// <summary>The hour at which the learner is most active.</summary>
    BestHour = 3,
}
