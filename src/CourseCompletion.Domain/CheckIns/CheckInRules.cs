using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>How events become an enrolment's check-ins. Whether a day counts is left to the reader's plan: <see cref="StreakRules"/>.</summary>
public static class CheckInRules
{
    /// <summary>For how long after a change of zone a check-in also bridges the day that it was in the zone left: 48 hours.</summary>
    public const long TravelGraceMs = 48 * 3_600_000L;

    /// <summary>How far back a make-up card reaches, in the learner's days.</summary>
    public const int MakeUpDaysMax = 7;

    /// <summary>Whether a submission passes its quiz: at least half of the highest score.</summary>
    public static bool Passes(LearnerEvent e) => e.Kind == EventKind.AssessmentSubmitted && e.Value * 2 >= e.MaxValue;

    /// <summary>Folds one event; tells by how many bytes the snapshot may have grown.</summary>
    /// <param name="state">The enrolment's check-ins.</param>
    /// <param name="e">The event.</param>
    /// <param name="newlyCoveredMs">For a watched interval, how much of it was not watched before.</param>
    /// <param name="clock">The learner's clock.</param>
    internal static int Fold(ref CheckInState state, LearnerEvent e, long newlyCoveredMs, LearnerClock clock)
    {
        switch (e.Kind)
        {
            case EventKind.VideoWatched when newlyCoveredMs > 0:
                state.Put(state.DayAt(clock.DayOf(e.OccurredAtMs)).Watch(newlyCoveredMs));
                return 0;
            case EventKind.AssessmentSubmitted when Passes(e):
                state.Put(state.DayAt(clock.DayOf(e.OccurredAtMs)).PassQuiz());
                return 0;
            case EventKind.CheckedIn:
                return FoldCheckIn(ref state, e.OccurredAtMs, clock);
            case EventKind.CheckInMadeUp:
                var (before, day) = (SizeOf(state), clock.DayOf(e.OccurredAtMs) - (int)e.Count);
                state.Put(state.DayAt(day).MakeUp((int)e.Count));
                return SizeOf(state) - before;
            default:
                return 0;
        }
    }

    /// <summary>By how many bytes <see cref="Fold"/> would let the snapshot grow.</summary>
    internal static int BytesAdded(in CheckInState state, LearnerEvent e, LearnerClock clock)
    {
        if (e.Kind is not (EventKind.CheckedIn or EventKind.CheckInMadeUp))
        {
            return 0;
        }

        var day = clock.DayOf(e.OccurredAtMs);
        var kept = e.Kind == EventKind.CheckedIn
            ? state.KeptMoreWith(day, DayInZoneLeft(e.OccurredAtMs, clock) ?? day)
            : state.KeptMoreWith(day - (int)e.Count, day - (int)e.Count);
        return (state.IsEmpty ? CheckInCodec.BookBytes : 0) + (kept * CheckInCodec.DayBytes);
    }

    private static int FoldCheckIn(ref CheckInState state, long atMs, LearnerClock clock)
    {
        var (before, day) = (SizeOf(state), clock.DayOf(atMs));
        state.Put(state.DayAt(day).CheckIn());
        if (DayInZoneLeft(atMs, clock) is { } left && left != day)
        {
            state.Put(state.DayAt(left).Bridge());
        }

        return SizeOf(state) - before;
    }

    private static int? DayInZoneLeft(long atMs, LearnerClock clock) => clock.DayInZoneLeft(atMs, TravelGraceMs);

    /// <summary>What check-ins take of a snapshot at most, beside what every enrolment takes.</summary>
    internal static int SizeOf(in CheckInState state) => state.IsEmpty ? 0 : CheckInCodec.BookBytes + (state.KeptCount * CheckInCodec.DayBytes);
}
