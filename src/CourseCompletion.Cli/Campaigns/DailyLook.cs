using CourseCompletion.Domain.Campaigns.Effects;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>What a campaign's report says on one day.</summary>
/// <param name="Assigned">The effect by intention to treat.</param>
/// <param name="Triggered">The effect on those who would be sent something.</param>
/// <param name="IsMismatch">Whether the sizes of the groups raise an alarm.</param>
internal readonly record struct DailyLook(EffectEstimate Assigned, EffectEstimate Triggered, bool IsMismatch);
