using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Testing;

/// <summary>What a learner's gate decided about one occurrence of a campaign, once. One that was deferred is decided again later, which is another record.</summary>
/// <param name="Nudge">The nudge's id.</param>
/// <param name="Learner">The learner.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Occurrence">The occurrence, such as a date.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Verdict">The decision.</param>
/// <param name="Reason">Why.</param>
/// <param name="Group">The learner's side in the campaign's experiment.</param>
/// <param name="Arm">The arm that was drawn; "" before the draw.</param>
/// <param name="Propensity">The probability with which it was drawn; 0 before the draw.</param>
public sealed record NudgeRecord(
    string Nudge,
    LearnerId Learner,
    CampaignId Campaign,
    string Occurrence,
    DateTimeOffset At,
    NudgeVerdict Verdict,
    NudgeReason Reason,
    AssignmentGroup Group,
    string Arm,
    float Propensity);
