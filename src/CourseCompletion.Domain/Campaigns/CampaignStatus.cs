namespace CourseCompletion.Domain.Campaigns;

/// <summary>Whether a campaign runs. The numbers are stored and never reused.</summary>
public enum CampaignStatus : byte
{
    /// <summary>Not given.</summary>
    Unspecified = 0,

    /// <summary>It runs from its start to its end.</summary>
    Active = 1,

    /// <summary>It stands still; what falls due meanwhile is missed.</summary>
    Paused = 2,

    /// <summary>It has ended for good; its report stays.</summary>
    Archived = 3,
}
