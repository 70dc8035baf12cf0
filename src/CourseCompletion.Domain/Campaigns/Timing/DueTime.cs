namespace CourseCompletion.Domain.Campaigns.Timing;

/// <summary>When a nudge is due for one learner.</summary>
/// <param name="DueAtMs">The instant.</param>
/// <param name="Day">The learner's day in which it lies: at most one due instant of a campaign belongs to it, so an occurrence's id may be made of it.</param>
public readonly record struct DueTime(long DueAtMs, int Day);
