using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>Learners of a course whose outcomes become known together, so that early finishers are not counted before the others.</summary>
/// <param name="EntersFromMs">Whoever enrolled from here on belongs to it.</param>
/// <param name="EntersBeforeMs">Whoever enrolled before; it also names the cohort, later ones having later times. 0 for none.</param>
/// <param name="StartsAtMs">Where its course begins.</param>
/// <param name="EndsAtMs">Where it ends.</param>
public readonly record struct IndexCohort(long EntersFromMs, long EntersBeforeMs, long StartsAtMs, long EndsAtMs)
{
    /// <summary>No cohort's outcome is known yet.</summary>
    public static IndexCohort None { get; }

    private const long EntryDays = 28;
    private const long SelfPacedMs = IndexPolicy.SelfPacedDays * LearnerTime.DayMs;

    /// <summary>The newest cohort whose outcome is known at an instant.</summary>
    /// <remarks>A course with a start and an end has one cohort, known <see cref="IndexPolicy.GraceDays"/> after its end; any other has one for every 28 days of entry, known when its last learner has had <see cref="IndexPolicy.SelfPacedDays"/>.</remarks>
    public static IndexCohort KnownAt(CourseDefinition course, long asOfMs)
    {
        if (Span(course) is { } span)
        {
            return asOfMs >= span.EndsAtMs + (IndexPolicy.GraceDays * LearnerTime.DayMs) ? new(0, span.EndsAtMs, span.StartsAtMs, span.EndsAtMs) : None;
        }

        var entryMs = EntryDays * LearnerTime.DayMs;
        var before = (asOfMs - SelfPacedMs) / entryMs * entryMs;
        var middle = before - (entryMs / 2);
        return before <= 0 ? None : new(before - entryMs, before, middle, middle + SelfPacedMs);
    }

    /// <summary>Whether a row's learner belongs to it.</summary>
    public bool Holds(RosterRow row) => row.EnrolledAtMs >= EntersFromMs && row.EnrolledAtMs < EntersBeforeMs;

    /// <summary>The share of it that has elapsed at an instant, 0 to 1.</summary>
    public double ElapsedAt(long asOfMs) => Share(asOfMs, StartsAtMs, EndsAtMs);

    /// <summary>The share of a course that has elapsed for a learner, 0 to 1: by the course's dates, or by the days since they enrolled.</summary>
    public static double ElapsedFor(CourseDefinition course, long enrolledAtMs, long asOfMs) => Span(course) is { } span
        ? Share(asOfMs, span.StartsAtMs, span.EndsAtMs)
        : Share(asOfMs, enrolledAtMs, enrolledAtMs + SelfPacedMs);

    private static double Share(long asOfMs, long fromMs, long toMs) => Math.Clamp((asOfMs - fromMs) / (double)(toMs - fromMs), 0, 1);

    private static (long StartsAtMs, long EndsAtMs)? Span(CourseDefinition course) =>
        course is { StartsAtMs: { } starts, EndsAtMs: { } ends } && ends > starts ? (starts, ends) : null;
}
