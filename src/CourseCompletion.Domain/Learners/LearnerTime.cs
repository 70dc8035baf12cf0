namespace CourseCompletion.Domain.Learners;

/// <summary>Arithmetic on the engine's time: milliseconds since 1970-01-01 UTC.</summary>
public static class LearnerTime
{
    /// <summary>Milliseconds of a UTC day.</summary>
    public const long DayMs = 86_400_000;

    /// <summary>The UTC day (days since 1970-01-01) of an instant at or after 1970.</summary>
    public static int DayOf(long ms) => (int)(ms / DayMs);
}
