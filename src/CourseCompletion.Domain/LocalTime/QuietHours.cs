using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.LocalTime;

/// <summary>The part of a learner's wall clock during which nothing is sent.</summary>
/// <remarks>It follows the wall clock through clock changes and travel, whenever the learner's own day begins. With equal ends there are no quiet hours.</remarks>
/// <param name="FromMinute">Its first minute, in minutes after midnight, 0 to 1439.</param>
/// <param name="ToMinute">The first minute behind it, 0 to 1439; before <paramref name="FromMinute"/> when midnight lies inside.</param>
public readonly record struct QuietHours(int FromMinute, int ToMinute)
{
    private const long MinuteMs = 60_000;

    /// <summary>No quiet hours.</summary>
    public static QuietHours None => default;

    /// <summary>Whether both ends are minutes of a day.</summary>
    public bool IsValid => FromMinute is >= 0 and < LearnerClock.MinutesPerDay && ToMinute is >= 0 and < LearnerClock.MinutesPerDay;

    /// <summary>Whether an instant is quiet for a learner.</summary>
    public bool Includes(LearnerClock clock, long ms) => FromMinute != ToMinute && IncludesMinute(clock.MinuteOf(ms));

    /// <summary>The first instant at or after the given one that is not quiet; a jump of the wall clock may end the quiet hours early, or return into them.</summary>
    public long EndAfter(LearnerClock clock, long ms)
    {
        while (Includes(clock, ms))
        {
            // Within a span of equal offset the wall clock runs evenly; behind it the question is put again.
            var span = clock.SpanAt(ms);
            var sinceMidnightMs = (ms + span.OffsetMs) % LearnerTime.DayMs;
            var leftMs = ((ToMinute * MinuteMs) - sinceMidnightMs + LearnerTime.DayMs) % LearnerTime.DayMs;
            ms = Math.Min(ms + leftMs, span.ToMs);
        }

        return ms;
    }

    private bool IncludesMinute(int minute) =>
        FromMinute < ToMinute ? minute >= FromMinute && minute < ToMinute : minute >= FromMinute || minute < ToMinute;
}
