namespace CourseCompletion.Domain.Courses;

/// <summary>What a campaign needs to know of a learner to tell when a nudge is due.</summary>
/// <param name="TimeZone">The learner's IANA zone, told or assumed; null when it is not known.</param>
/// <param name="DayStartMinutes">When the learner's day begins, in minutes after midnight.</param>
/// <param name="BestUtcHour">The hour of UTC at which the learner is most active; null while unknown.</param>
/// <param name="DeferredUntilMs">When the earliest deferred nudge of the course is to be decided again; 0 without any.</param>
/// <param name="ReminderMinute">When the learner wants to be reminded to check in, in minutes after local midnight; null to leave it to campaigns.</param>
public readonly record struct RosterReach(string? TimeZone, int DayStartMinutes, int? BestUtcHour, long DeferredUntilMs, int? ReminderMinute);
