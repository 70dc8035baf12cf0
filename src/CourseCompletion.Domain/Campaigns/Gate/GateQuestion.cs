using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>All that the gate needs to know of an offer besides the learner's state.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Learner">The learner.</param>
/// <param name="Offer">The offer.</param>
/// <param name="Campaign">The campaign as the silo knows it, at least as new as the offer.</param>
/// <param name="Course">The course's definition.</param>
/// <param name="Moment">When and where.</param>
/// <param name="Enrolment">The learner's enrolment in the course; null without one.</param>
/// <param name="Learned">What the campaign has learned.</param>
/// <param name="Standing">What was concluded for the enrolment as of now; of no use without one.</param>
public sealed record GateQuestion(
    TenantId Tenant,
    LearnerId Learner,
    NudgeOffer Offer,
    CampaignDefinition Campaign,
    CourseDefinition Course,
    LocalMoment Moment,
    EnrolmentState? Enrolment,
    CampaignLearned Learned,
    GateStanding Standing);

/// <summary>What was concluded for an enrolment at the instant of a decision.</summary>
/// <param name="Probability">The completion probability.</param>
/// <param name="Band">The band.</param>
/// <param name="Progress">Progress by weight, 0 to 1.</param>
/// <param name="Gain">What being active on two days of a week would add to the probability; 0 where the audience does not ask.</param>
/// <param name="CheckIns">Where the learner stands in the campaign's check-in plan; null for a campaign without one.</param>
public readonly record struct GateStanding(float Probability, Completion.Bands.CompletionBand Band, double Progress, double Gain, CheckInStanding? CheckIns);
