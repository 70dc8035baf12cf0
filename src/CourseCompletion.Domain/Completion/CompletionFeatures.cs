using System.Numerics;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>The fixed, named, versioned vector from which completion is predicted.</summary>
/// <remarks>
/// Filled from an enrolment as of any instant not before its newest event, in constant time for a given course. Counts enter as ln(1 + count). What the engine itself
/// causes (promotions, nudges) is not in it. Names and order are fixed for a <see cref="Version"/>; a change makes a new one.
/// </remarks>
public static class CompletionFeatures
{
    /// <summary>The version of names, order and meaning.</summary>
    public const int Version = 2;

    /// <summary>How many features there are.</summary>
    public const int Count = 84;

    /// <summary>The gap statistics look back over this many days.</summary>
    public const int GapDaysMax = 64;

    private const double MsPerDay = LearnerTime.DayMs;
    private const int DecayedCount = DecayedCounts.FamilyCount * DecayedCounts.HalfLifeCount;

    /// <summary>The features' names, by index.</summary>
    public static IReadOnlyList<string> Names { get; } = BuildNames();

    /// <summary>Fills the vector.</summary>
    /// <param name="learner">The learner, for how many courses run in parallel.</param>
    /// <param name="enrolment">The enrolment.</param>
    /// <param name="course">The course's definition.</param>
    /// <param name="progress">The enrolment's progress under that definition, just measured.</param>
    /// <param name="asOfMs">The instant; an earlier one than the newest activity counts as that activity's.</param>
    /// <param name="vector">Where the <see cref="Count"/> features go.</param>
    public static void Fill(
        LearnerState learner, EnrolmentState enrolment, CourseDefinition course, in Progress progress, long asOfMs, Span<float> vector)
    {
        asOfMs = Math.Max(asOfMs, enrolment.LastActivityAtMs);
        FillRecent(ref enrolment.Recent, asOfMs, vector);
        FillRhythm(enrolment.ActiveMask, enrolment.LastActivityAtMs, enrolment.EnrolledAtMs, asOfMs, vector);
        vector[FeatureIndex.ActiveDaysAll] = Log(enrolment.ActiveDays.Count);
        FillTotals(enrolment, vector);
        FillSessions(enrolment, vector);
        FillVideo(enrolment, course, vector);
        FillWork(enrolment, course, asOfMs, vector);
        vector[FeatureIndex.Questions] = Log(enrolment.CountOf(EventKind.QuestionAsked));
        vector[FeatureIndex.Answers] = Log(enrolment.CountOf(EventKind.QuestionAnswered));
        vector[FeatureIndex.Comments] = Log(enrolment.CountOf(EventKind.Commented));

        vector[FeatureIndex.Progress] = (float)progress.Share;
        vector[FeatureIndex.LessonsCompleted] = Log(progress.CompletedLessons);
        vector[FeatureIndex.LessonReach] = course.Lessons.Count == 0 ? 0 : (float)enrolment.Derived.Reached / course.Lessons.Count;
        var (others, withdrawn) = OthersOf(learner, enrolment);
        vector[FeatureIndex.ParallelEnrolments] = Log(others);
        vector[FeatureIndex.OthersWithdrawn] = Log(withdrawn);
        FillElapsed(course, enrolment.EnrolledAtMs, asOfMs, vector);
        vector[FeatureIndex.CheckInDays28] = BitOperations.PopCount(enrolment.CheckInDays.MaskEnding(LearnerTime.DayOf(asOfMs)) & LastDays(28));
    }

    /// <summary>How much of the course's time has passed, 0 to 1; -1 when the course has no start and end.</summary>
    public static double ElapsedShare(CourseDefinition course, long asOfMs) =>
        course is { StartsAtMs: { } start, EndsAtMs: { } end } ? Math.Clamp((double)(asOfMs - start) / (end - start), 0, 1) : -1;

    /// <summary>Moves a filled vector on to a later instant before which nothing happened.</summary>
    /// <remarks>
    /// For rosters, which keep the vector of a learner's newest row: silence lowers the probability without an event and without the learner being asked. Work that falls
    /// due meanwhile and check-in days are left as they were. Agrees with <see cref="Fill"/> to the rounding of single precision.
    /// </remarks>
    /// <param name="vector">The vector as of <paramref name="fromMs"/>.</param>
    /// <param name="activeMask">The 64 days that end with the newest activity's, bit 0 being that day.</param>
    /// <param name="lastActivityAtMs">The newest activity; 0 without any.</param>
    /// <param name="enrolledAtMs">The enrolment, or <see cref="long.MaxValue"/>.</param>
    /// <param name="course">The course's definition.</param>
    /// <param name="fromMs">The instant of the vector.</param>
    /// <param name="toMs">The later instant.</param>
    public static void Advance(
        Span<float> vector, ulong activeMask, long lastActivityAtMs, long enrolledAtMs, CourseDefinition course, long fromMs, long toMs)
    {
        Span<double> factors = stackalloc double[DecayedCounts.HalfLifeCount];
        DecayedCounts.FactorsFor(Math.Max(0, toMs - fromMs), factors);
        for (var i = 0; i < DecayedCount; i++)
        {
            vector[i] = vector[i] == 0 ? 0 : (float)PortableMath.Log1P(PortableMath.ExpM1(vector[i]) * factors[i % DecayedCounts.HalfLifeCount]);
        }

        FillSlope(vector);
        FillRhythm(activeMask, lastActivityAtMs, enrolledAtMs, toMs, vector);
        FillElapsed(course, enrolledAtMs, toMs, vector);
    }

    private static void FillElapsed(CourseDefinition course, long enrolledAtMs, long asOfMs, Span<float> vector)
    {
        var elapsed = ElapsedShare(course, asOfMs);
        vector[FeatureIndex.Pace] = elapsed < 0 ? 0 : (float)(vector[FeatureIndex.Progress] - elapsed);
        vector[FeatureIndex.DaysEnrolled] = enrolledAtMs == long.MaxValue ? 0 : Log(Math.Max(0, asOfMs - enrolledAtMs) / MsPerDay);
        vector[FeatureIndex.ElapsedShare] = (float)elapsed;

        var elapsedMs = course.StartsAtMs is { } startsAtMs ? Math.Max(0, asOfMs - startsAtMs) : 0;
        vector[FeatureIndex.ElapsedDays] = Log(elapsedMs / MsPerDay);
        var aheadMs = course.StartsAtMs is { } start && enrolledAtMs != long.MaxValue ? start - enrolledAtMs : 0;
        vector[FeatureIndex.EnrolledAhead] = aheadMs < 0 ? -Log(-aheadMs / MsPerDay) : Log(aheadMs / MsPerDay);
        var knownMs = Math.Max(elapsedMs, enrolledAtMs == long.MaxValue ? 0 : asOfMs - Math.Max(enrolledAtMs, course.StartsAtMs ?? enrolledAtMs));
        vector[FeatureIndex.ActiveDayShare] = (float)(PortableMath.ExpM1(vector[FeatureIndex.ActiveDaysAll]) / (1 + (knownMs / MsPerDay)));
    }

    private static void FillTotals(EnrolmentState enrolment, Span<float> vector)
    {
        long Family(ActivityFamily family) => enrolment.FamilyCounts[(int)family];
        var video = Family(ActivityFamily.Video);
        for (var kind = EventKind.VideoPlayed; kind <= EventKind.VideoEnded; kind++)
        {
            video += enrolment.CountOf(kind);
        }

        var problem = Family(ActivityFamily.Problem) + Family(ActivityFamily.Quiz) + enrolment.CountOf(EventKind.AssessmentSubmitted) + enrolment.CountOf(EventKind.LessonCompleted);
        var discussion = Family(ActivityFamily.Discussion) + Family(ActivityFamily.Wiki) + enrolment.CountOf(EventKind.Commented)
            + enrolment.CountOf(EventKind.QuestionAsked) + enrolment.CountOf(EventKind.QuestionAnswered) + enrolment.CountOf(EventKind.LiveJoined);
        var navigation = Family(ActivityFamily.Navigation) + enrolment.CountOf(EventKind.SessionStarted);
        var any = 0L;
        foreach (var count in enrolment.FamilyCounts)
        {
            any += count;
        }

        for (var kind = EventKind.SessionStarted; kind < EventKind.ActivityRecorded; kind++)
        {
            any += LearnerEventRules.IsActivity(kind) ? enrolment.CountOf(kind) : 0;
        }

        vector[FeatureIndex.VideoAll] = Log(video);
        vector[FeatureIndex.ProblemAll] = Log(problem);
        vector[FeatureIndex.DiscussionAll] = Log(discussion);
        vector[FeatureIndex.NavigationAll] = Log(navigation);
        vector[FeatureIndex.PageAll] = Log(Family(ActivityFamily.Page));
        vector[FeatureIndex.PageCloseAll] = Log(Family(ActivityFamily.PageClose));
        vector[FeatureIndex.ContentAll] = Log(Family(ActivityFamily.Content));
        vector[FeatureIndex.AnyAll] = Log(any);
        vector[FeatureIndex.PerActiveDay] = enrolment.ActiveDays.Count == 0 ? 0 : Log((double)any / enrolment.ActiveDays.Count);
    }

    private static void FillSlope(Span<float> vector)
    {
        const int any = (int)DecayFamily.Any * DecayedCounts.HalfLifeCount;
        vector[FeatureIndex.Slope] = vector[any + 3] - (vector[any + 4] / 4);
    }

    private static void FillRecent(ref DecayedCounts recent, long asOfMs, Span<float> vector)
    {
        Span<double> factors = stackalloc double[DecayedCounts.HalfLifeCount];
        DecayedCounts.FactorsFor(Math.Max(0, asOfMs - recent.AsOfMs), factors);
        var counts = recent.Counts;
        for (var i = 0; i < DecayedCount; i++)
        {
            vector[i] = counts[i] == 0 ? 0 : (float)PortableMath.Log1P(counts[i] * factors[i % DecayedCounts.HalfLifeCount]);
        }

        FillSlope(vector);
    }

    // The mask ends with the day of the newest activity, so that a long silence moves the current gap and nothing else.
    private static void FillRhythm(ulong mask, long lastActivityAtMs, long enrolledAtMs, long asOfMs, Span<float> vector)
    {
        var age = mask == 0 ? 0 : Math.Min(GapDaysMax, LearnerTime.DayOf(asOfMs) - LearnerTime.DayOf(lastActivityAtMs));
        var recent = age >= GapDaysMax ? 0 : mask << age;
        var silentMs = lastActivityAtMs != 0 ? asOfMs - lastActivityAtMs
            : enrolledAtMs == long.MaxValue ? 0
            : Math.Max(0, asOfMs - enrolledAtMs);
        vector[FeatureIndex.HoursSilent] = Log(silentMs / 3_600_000.0);
        vector[FeatureIndex.ActiveDays7] = BitOperations.PopCount(recent & LastDays(7));
        vector[FeatureIndex.ActiveDays3] = BitOperations.PopCount(recent & LastDays(3));
        vector[FeatureIndex.ActiveDaysWeekBefore] = BitOperations.PopCount((recent >> 7) & LastDays(7));
        vector[FeatureIndex.ActiveWeeks9] = WeeksOf(mask);
        vector[FeatureIndex.ActiveDays14] = BitOperations.PopCount(recent & LastDays(14));
        vector[FeatureIndex.ActiveDays28] = BitOperations.PopCount(recent & LastDays(28));

        // Gaps come from the day mask, so they do not depend on the order of arrival.
        int gaps = 0, longest = 0, previous = -1;
        double sum = 0, sumOfSquares = 0;
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            var day = BitOperations.TrailingZeroCount(rest);
            if (previous >= 0)
            {
                var gap = day - previous;
                gaps++;
                sum += gap;
                sumOfSquares += (double)gap * gap;
                longest = Math.Max(longest, gap - 1);
            }

            previous = day;
        }

        var mean = gaps == 0 ? 0 : sum / gaps;
        var deviation = gaps < 2 ? 0 : Math.Sqrt(Math.Max(0, (sumOfSquares / gaps) - (mean * mean)));
        vector[FeatureIndex.GapMean] = (float)mean;
        vector[FeatureIndex.GapDeviation] = (float)deviation;
        // One day is added to the deviation, so that a learner of perfect rhythm does not make every gap infinite.
        vector[FeatureIndex.GapNow] = gaps == 0 ? 0 : (float)((age - mean) / (deviation + 1));
        vector[FeatureIndex.Streak] = BitOperations.TrailingZeroCount(~mask);
        vector[FeatureIndex.LongestAbsence] = Math.Max(longest, age);
    }

    private static int WeeksOf(ulong mask)
    {
        var weeks = 0;
        for (var week = 0; week < 9; week++)
        {
            weeks += ((mask >> (7 * week)) & LastDays(7)) != 0 ? 1 : 0;
        }

        return weeks;
    }

    private static void FillSessions(EnrolmentState enrolment, Span<float> vector)
    {
        vector[FeatureIndex.Sessions] = Log(enrolment.Sessions);
        vector[FeatureIndex.SessionMinutes] = enrolment.Sessions == 0 ? 0 : Log(enrolment.SessionMs / 60_000.0 / enrolment.Sessions);
    }

    private static void FillVideo(EnrolmentState enrolment, CourseDefinition course, Span<float> vector)
    {
        long watchedMs = enrolment.WatchedMs, uniqueMs = enrolment.UniqueMs;
        vector[FeatureIndex.WatchedShare] = course.LengthMs == 0 ? 0 : (float)((double)enrolment.Derived.KnownUniqueMs / course.LengthMs);
        vector[FeatureIndex.RewatchShare] = uniqueMs == 0 ? 0 : (float)((double)(watchedMs - uniqueMs) / uniqueMs);
        vector[FeatureIndex.SeeksBackPerHour] = watchedMs == 0 ? 0 : Log(enrolment.SeeksBack / (watchedMs / 3_600_000.0));
        vector[FeatureIndex.Speed] = watchedMs == 0 ? 1 : (float)(enrolment.SpeedWeightedMs / 1000.0 / watchedMs);
    }

    private static void FillWork(EnrolmentState enrolment, CourseDefinition course, long asOfMs, Span<float> vector)
    {
        var due = course.DueBy(asOfMs);
        var handedIn = enrolment.Derived.HandedInOfDue(due);
        vector[FeatureIndex.Due] = Log(due);
        vector[FeatureIndex.SubmittedShare] = due == 0 ? 1 : (float)handedIn / due;
        vector[FeatureIndex.Late] = Log(enrolment.Derived.Late);
        vector[FeatureIndex.Missing] = Log(due - handedIn);
        vector[FeatureIndex.ScoreMean] = enrolment.Assessments.Count == 0
            ? 0
            : (float)(enrolment.Derived.LatestScoresPpm / (double)AssessmentState.FullScorePpm / enrolment.Assessments.Count);
        vector[FeatureIndex.Assessments] = Log(enrolment.Assessments.Count);
        vector[FeatureIndex.HandedIn] = Log(enrolment.Derived.HandedIn);
        vector[FeatureIndex.DaysEarly] = enrolment.Derived.HandedIn == 0 ? 0 : (float)(enrolment.Derived.EarlyMs / MsPerDay / enrolment.Derived.HandedIn);
        FillScores(enrolment, vector);
    }

    private static void FillScores(EnrolmentState enrolment, Span<float> vector)
    {
        AssessmentState? latest = null;
        var lowest = AssessmentState.FullScorePpm;
        foreach (var assessment in enrolment.Assessments)
        {
            latest = latest is null || assessment.Latest > latest.Latest ? assessment : latest;
            lowest = Math.Min(lowest, assessment.LatestScorePpm);
        }

        vector[FeatureIndex.ScoreLatest] = (float)((latest?.LatestScorePpm ?? 0) / (double)AssessmentState.FullScorePpm);
        vector[FeatureIndex.ScoreLowest] = latest is null ? 0 : (float)(lowest / (double)AssessmentState.FullScorePpm);
    }

    // A course that the learner only knows from a promotion is none.
    private static (int Enrolled, int Withdrawn) OthersOf(LearnerState learner, EnrolmentState enrolment)
    {
        int enrolled = 0, withdrawn = 0;
        foreach (var other in learner.Enrolments)
        {
            enrolled += other.IsEnrolled && other != enrolment ? 1 : 0;
            withdrawn += other.IsWithdrawn && other != enrolment ? 1 : 0;
        }

        return (enrolled, withdrawn);
    }

    private static float Log(double count) => (float)PortableMath.Log1P(count);

    private static ulong LastDays(int days) => (1UL << days) - 1;

    private static string[] BuildNames()
    {
        var names = new string[Count];
        string[] families = ["video", "problem", "discussion", "navigation", "social", "any"];
        string[] halfLives = ["6h", "1d", "3d", "7d", "28d"];
        for (var i = 0; i < DecayedCount; i++)
        {
            names[i] = $"{families[i / halfLives.Length]}_{halfLives[i % halfLives.Length]}";
        }

        FeatureIndex.NameInto(names);
        return names;
    }
}
