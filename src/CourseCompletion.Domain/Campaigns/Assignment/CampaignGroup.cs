namespace CourseCompletion.Domain.Campaigns.Assignment;

/// <summary>What a campaign may do to a learner, as it was drawn once.</summary>
public enum CampaignGroup : byte
{
    /// <summary>Decided and logged like everybody, but nothing is sent.</summary>
    Control = 0,

    /// <summary>The campaign reaches the learner.</summary>
    Treatment = 1,
}
