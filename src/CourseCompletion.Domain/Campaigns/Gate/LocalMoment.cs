namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>The instant of a decision, and what it is where the learner lives.</summary>
/// <param name="NowMs">The instant.</param>
/// <param name="Day">The learner-local day, in days since 1970-01-01.</param>
/// <param name="QuietUntilMs">When the quiet hours end that it lies in; 0 when it lies in none.</param>
public readonly record struct LocalMoment(long NowMs, int Day, long QuietUntilMs);
