using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>Something about nudges that is to go into a learner's next append.</summary>
internal abstract class NudgeInput;

/// <summary>New preferences.</summary>
internal sealed class PreferencesInput(LearnerPreferences preferences) : NudgeInput
{
    /// <summary>The preferences, checked.</summary>
    public LearnerPreferences Preferences { get; } = preferences;
}

/// <summary>A purpose that the learner opted out of.</summary>
internal sealed class OptOutInput(NudgePurpose purpose) : NudgeInput
{
    /// <summary>The purpose.</summary>
    public NudgePurpose Purpose { get; } = purpose;
}

/// <summary>Where a delivery stands from now on.</summary>
internal sealed class DeliveryInput(NudgeDeliveryChange change) : NudgeInput
{
    /// <summary>The change.</summary>
    public NudgeDeliveryChange Change { get; } = change;
}

/// <summary>An offer to decide.</summary>
internal sealed class OfferInput(NudgeOffer offer, CampaignDefinition campaign, CampaignLearned learned) : NudgeInput
{
    /// <summary>The offer.</summary>
    public NudgeOffer Offer { get; } = offer;

    /// <summary>The campaign, at least as new as the offer.</summary>
    public CampaignDefinition Campaign { get; } = campaign;

    /// <summary>What the campaign has learned.</summary>
    public CampaignLearned Learned { get; } = learned;

    /// <summary>The course, once it is at hand.</summary>
    public CourseEntry? Course { get; set; }

    /// <summary>When the decision was wanted: when the occurrence was due, or until when it was put off.</summary>
    public long WantedAtMs { get; set; } = offer.DueAtMs;

    /// <summary>What was decided, now or before; null while nothing is.</summary>
    public NudgeDecision? Decision { get; set; }

    /// <summary>Whether that was decided before.</summary>
    public bool IsRepeat { get; set; }
}
