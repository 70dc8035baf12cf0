namespace CourseCompletion.Domain.LocalTime;

/// <summary>From when on a learner lived in a time zone.</summary>
/// <param name="FromMs">The instant of the change; what lies before the first change is taken to be in its zone too.</param>
/// <param name="ZoneId">The zone's IANA id, such as <c>Asia/Shanghai</c>.</param>
public readonly record struct ZoneChange(long FromMs, string ZoneId);
