using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>A nudge that did not reach its learner. Without contents and address: a re-drive has the learner make the message again.</summary>
/// <param name="NudgeId">The nudge.</param>
/// <param name="Learner">The learner.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Occurrence">The occurrence.</param>
/// <param name="End">How the delivery ended.</param>
public sealed record DeadLetter(string NudgeId, LearnerId Learner, string Campaign, string Occurrence, DeliveryEnd End);
