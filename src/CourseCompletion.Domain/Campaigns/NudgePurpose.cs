namespace CourseCompletion.Domain.Campaigns;

/// <summary>What a nudge is for; learners opt out of each by itself. The numbers are stored and never reused.</summary>
public enum NudgePurpose : byte
{
    /// <summary>Not given; never accepted.</summary>
    Unspecified = 0,

    /// <summary>To check in for the day.</summary>
    CheckIn = 1,

    /// <summary>About a question or an answer.</summary>
    Questions = 2,

    /// <summary>To come back after a silence.</summary>
    WinBack = 3,

    /// <summary>That something is due.</summary>
    Deadline = 4,
}
