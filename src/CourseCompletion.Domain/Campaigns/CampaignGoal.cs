namespace CourseCompletion.Domain.Campaigns;

/// <summary>What a campaign wants of a learner: once it is done, nothing more is sent for that day or at all. The numbers are stored and never reused.</summary>
public enum CampaignGoal : byte
{
    /// <summary>Nothing in particular: it ends with the course.</summary>
    None = 0,

    /// <summary>A check-in on the learner's day.</summary>
    CheckInToday = 1,

    /// <summary>Any activity in the course since the occurrence was due.</summary>
    ActiveSinceDue = 2,
}
