using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Comments.Tones;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

/// <summary>Random roster rows and sums, and how to compare them: rows hold arrays, which a record compares by reference.</summary>
internal static class RosterGen
{
    private static readonly Gen<LessonContribution> _lesson = Gen.Select(
        Gen.OneOf(LearnerEventGen.Lessons),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Long[0, LearnerEventRules.PositionMsMax],
        Gen.Frequency<UInt128>((1, Gen.Const(UInt128.Zero)), (1, Gen.Const((UInt128.One << 100) - 1)), (3, Gen.UInt128.Select(bits => bits >> 28))),
        Gen.Select(Mask, Mask, Mask, (rewatched, paused, returned) => new LessonMarks(rewatched, paused, returned)).Null(),
        (lesson, flags, uniqueMs, reached, marks) =>
            new LessonContribution(lesson, flags.Item1, flags.Item2, flags.Item3 && flags.Item2, uniqueMs, flags.Item2 ? reached : 0, flags.Item2 ? marks : null));

    /// <summary>Any row; no two lessons of it have the same id.</summary>
    public static readonly Gen<RosterRow> Row = Gen.Select(
        LearnerEventGen.Id,
        Gen.Select(Gen.Long[1, 5], Gen.Long[0, 1000], Gen.Long[0, 5]),
        Gen.Enum<EnrolmentStatus>(),
        Gen.Select(Gen.OneOf<long>(Gen.Const(long.MaxValue), Time), Gen.OneOf<long>(Gen.Const(0L), Time), Time),
        Gen.ULong,
        Gen.Select(Gen.Float.Unit, Gen.Float.Unit),
        Gen.Long[0, 1_000_000].Array[11],
        _lesson.Array[0, 8].Select(lessons => lessons.DistinctBy(l => l.Lesson).ToArray()),
        Gen.Select(Gen.Float[-100, 100].Array[CompletionFeatures.Count], Ratings.Null()),
        (learner, version, status, times, mask, shares, counts, lessons, others) => new RosterRow
        {
            Learner = new LearnerId(learner),
            Version = new RowVersion(version.Item1, version.Item2, version.Item3),
            Status = status,
            EnrolledAtMs = times.Item1,
            LastActivityAtMs = times.Item2,
            EvaluatedAtMs = times.Item3,
            ActiveMask = mask,
            Progress = shares.Item1,
            Probability = shares.Item2,
            FirstPromotedAtMs = counts[0] * 1_000_003,
            PromotedAtMs = counts[1] * 1_000_003,
            InteractedAtMs = counts[2] * 1_000_003,
            LearnerActiveAtMs = counts[3] * 1_000_003,
            Band = (CompletionBand)(counts[4] % 5),
            Counts = new RosterCounts(
                counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7], counts[8], counts[9], counts[10]),
            Lessons = lessons,
            Features = others.Item1,
            Ratings = others.Item2,
        });

    /// <summary>The sums of any rows, evaluated as of some time.</summary>
    public static readonly Gen<RosterSums> Sums = Gen.Select(Row.Array[0, 8], Time, (rows, asOfMs) =>
    {
        var sums = Summed(rows);
        sums.Timed = TimedSums.Evaluate(rows.Select(r => new EvaluatedRow(r, r.Probability, r.Band, r.Progress)), CourseBuilder.Course("algebra"), asOfMs);
        return sums;
    });

    // Few places, or any number.
    private static Gen<UInt128> Mask => Gen.Frequency<UInt128>(
        (2, Gen.Int[0, 99].Array[0, 5].Select(places => places.Aggregate(UInt128.Zero, (mask, place) => mask | (UInt128.One << place)))),
        (1, Gen.UInt128.Select(bits => bits >> 28)));

    private static Gen<RosterRatings> Ratings => Gen.Select(
        Gen.Int[1_000, 5_000].Nullable(),
        Gen.Int[0, 10_000].Nullable(),
        Gen.Select(Gen.OneOf(LearnerEventGen.Lessons), Gen.Int[1_000, 5_000], (lesson, milli) => new LessonRating(lesson, milli)).Array[0, 3].Select(lessons => lessons.DistinctBy(l => l.Lesson).ToArray()),
        (course, recommend, lessons) => new RosterRatings(course, recommend, lessons));

    private static Gen<long> Time => Gen.Long[LearnerEventRules.EarliestMs, LearnerEventBuilder.MondayMs];

    /// <summary>The sums of rows, added one by one.</summary>
    public static RosterSums Summed(IEnumerable<RosterRow> rows)
    {
        var sums = new RosterSums();
        foreach (var row in rows)
        {
            sums.Add(row, 1);
        }

        return sums;
    }

    public static void AssertSame(RosterRow expected, RosterRow actual)
    {
        Assert.Equal(expected with { Lessons = [], Features = [] }, actual with { Lessons = [], Features = [] }, ByValue);
        Assert.Equal(expected.Lessons, actual.Lessons);
        Assert.Equal(expected.Features, actual.Features);
        Assert.Equal((expected.Ratings?.CourseMilli, expected.Ratings?.RecommendMilli), (actual.Ratings?.CourseMilli, actual.Ratings?.RecommendMilli));
        Assert.Equal(expected.Ratings?.Lessons, actual.Ratings?.Lessons);
    }

    /// <summary>Asserts that both add up to the same. A lesson that nobody touches any more counts as one that nobody touched.</summary>
    public static void AssertSame(RosterSums expected, RosterSums actual)
    {
        Assert.Equal((expected.Enrolled, expected.Completed, expected.Withdrawn), (actual.Enrolled, actual.Completed, actual.Withdrawn));
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(Facts(expected), Facts(actual));
        Assert.Equal(CommentsOf(expected), CommentsOf(actual));
        Assert.Equal(RatingsOf(expected.Ratings), RatingsOf(actual.Ratings));
        Assert.Equal(TonesOf(expected.Tones), TonesOf(actual.Tones));
    }

    /// <summary>Asserts that both are the same in what depends on time.</summary>
    public static void AssertSame(TimedSums expected, TimedSums actual)
    {
        Assert.Equal((expected.AsOfMs, expected.ActiveToday, expected.Active7Days), (actual.AsOfMs, actual.ActiveToday, actual.Active7Days));
        Assert.Equal(expected.ProbabilitySum, actual.ProbabilitySum, 1e-9);
        Assert.Equal(expected.Histogram, actual.Histogram);
        Assert.Equal(expected.ProbabilityVariance, actual.ProbabilityVariance, 1e-9);
        Assert.Equal(expected.ProbabilitySpread, actual.ProbabilitySpread, 1e-9);
        Assert.Equal(expected.Bands, actual.Bands);
    }

    private static bool ByValue(RosterRow a, RosterRow b) =>
        (a.Learner, a.Version, a.Status, a.EnrolledAtMs, a.LastActivityAtMs, a.ActiveMask, a.Progress).Equals(
            (b.Learner, b.Version, b.Status, b.EnrolledAtMs, b.LastActivityAtMs, b.ActiveMask, b.Progress))
        && (a.Probability, a.EvaluatedAtMs, a.Counts, a.Band).Equals((b.Probability, b.EvaluatedAtMs, b.Counts, b.Band))
        && a.Reach == b.Reach
        && (a.FirstPromotedAtMs, a.PromotedAtMs, a.InteractedAtMs, a.LearnerActiveAtMs).Equals(
            (b.FirstPromotedAtMs, b.PromotedAtMs, b.InteractedAtMs, b.LearnerActiveAtMs));

    private static IEnumerable<string> Facts(RosterSums sums) => sums.WithOutside().Lessons
        .Where(l => l.Value.Started != 0 || l.Value.Completed != 0 || l.Value.Reached.Any(r => r != 0) || l.Value.Marks is not null)
        .OrderBy(l => l.Key, StringComparer.Ordinal)
        .Select(l => $"{l.Key}: {l.Value.Started} started, {l.Value.Completed} completed, reached {string.Join(' ', l.Value.Reached)}, marks {MarksOf(l.Value)}");

    private static string CommentsOf(RosterSums sums) =>
        $"{sums.Comments.Counts}, {string.Join(' ', sums.Comments.Aspects)}, {sums.Comments.Reasons} {string.Join(' ', sums.Comments.ReasonAspects)}, {RecentOf(sums.Comments.Recent)}: "
        + string.Join("; ", sums.Comments.Lessons
            .OrderBy(lesson => lesson.Key, StringComparer.Ordinal)
            .Select(lesson => $"{lesson.Key} {lesson.Value.Learners} {lesson.Value.Counts} {string.Join(' ', [.. lesson.Value.ConfusedAt, .. lesson.Value.TextsAt, .. lesson.Value.PositivePercentAt])} {RecentOf(lesson.Value.Recent)}"));

    private static string RecentOf(ContentmentSums recent) => string.Join(' ', recent.Fortnights.Values.OrderBy(share => share.Fortnight));

    private static string TonesOf(ToneSums tones) => string.Join(
        '\n',
        from aspect in Enumerable.Range(-1, CommentAspectSet.AspectCount + 1)
        from tone in Enum.GetValues<CommentTone>()
        let sum = aspect < 0 ? tones.Of(tone) : tones.Of((CommentAspect)aspect, tone)
        select $"{aspect} {tone}: {sum.Learners} {sum.Withdrawn} {StarsOf(sum.Ratings)} {sum.Recommend} {sum.Reasons}");

    private static string RatingsOf(RatingSums sums) =>
        $"{StarsOf(sums.Course)}, {sums.Recommend}: " + string.Join("; ", sums.Lessons.OrderBy(lesson => lesson.Key, StringComparer.Ordinal).Select(lesson => $"{lesson.Key} {StarsOf(lesson.Value)}"));

    private static string StarsOf(StarCounts stars) => $"{stars.Learners} {stars.MilliSum} {stars[1]} {stars[2]} {stars[3]} {stars[4]} {stars[5]}";

    private static string MarksOf(LessonSums sums) =>
        sums.Marks is { } marks ? $"{marks.Learners}: {string.Join(' ', [.. marks.Rewatched, .. marks.Paused, .. marks.Returned])}" : "none";
}
