using CourseCompletion.Domain.Campaigns;

namespace CourseCompletion.Domain.Questions;

/// <summary>A campaign that reminds of a course's questions.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Version">The version of its definition.</param>
/// <param name="Occasions">What it reminds of; nothing while it does not run, and the version is kept so that an older word is known as such.</param>
public readonly record struct QuestionListener(CampaignId Campaign, long Version, QuestionOccasions Occasions);
