using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

/// <summary>What a course's figures have to be: the sum over its learners' journals, folded by the Domain alone.</summary>
internal static class CourseTruth
{
    /// <summary>The model that scores until another is published.</summary>
    public static LearnedCompletionPredictor Predictor { get; } = new(DefaultCompletionModel.Load());

    /// <summary>The rows that follow from the learners' journals under the course's current definition.</summary>
    public static async Task<List<RosterRow>> RowsAsync(EngineCluster cluster, CourseId course, IEnumerable<LearnerId> learners, long asOfMs)
    {
        var definition = (await cluster.EventuallyAsync("the course to answer", () => cluster.Course(course).GetDefinitionAsync().AsTask(), seen => seen is not null))!;
        var rows = new List<RosterRow>();
        foreach (var learner in learners)
        {
            var state = await cluster.Store.ReplayAsync(EngineCluster.KeyOf(learner));
            if (state.FindEnrolment(course) is { } enrolment)
            {
                var vector = new float[CompletionFeatures.Count];
                var conclusion = CompletionRules.Conclude(state, enrolment, definition, Predictor, asOfMs, vector);
                rows.Add(RosterRow.From(learner, 1, definition, state, enrolment, conclusion.Probability, asOfMs, vector));
            }
        }

        return rows;
    }

    /// <summary>The sums of rows.</summary>
    public static RosterSums SumOf(IEnumerable<RosterRow> rows)
    {
        var sums = new RosterSums();
        foreach (var row in rows)
        {
            sums.Add(row, 1);
        }

        return sums.WithOutside();
    }

    /// <summary>The facts of sums as a text, for comparing and for reading the difference.</summary>
    public static string FactsOf(RosterSums sums) =>
        $"enrolled {sums.Enrolled}, completed {sums.Completed}, withdrawn {sums.Withdrawn}, {sums.Counts}, "
        + string.Join("; ", sums.Lessons
            .Where(lesson => lesson.Value.Started != 0)
            .OrderBy(lesson => lesson.Key, StringComparer.Ordinal)
            .Select(lesson => $"{lesson.Key}: {lesson.Value.Started} {lesson.Value.Completed} [{string.Join(' ', lesson.Value.Reached)}] {MarksOf(lesson.Value)}"));

    private static string MarksOf(LessonSums sums) =>
        sums.Marks is { } marks ? $"{marks.Learners} [{string.Join(' ', [.. marks.Rewatched, .. marks.Paused, .. marks.Returned])}]" : "no marks";

    /// <summary>Waits until the course's facts are exactly the sum over its learners.</summary>
    public static async Task<RosterSums> AssertExactAsync(EngineCluster cluster, CourseId course, IReadOnlyCollection<LearnerId> learners)
    {
        var truth = SumOf(await RowsAsync(cluster, course, learners, cluster.NowMs));
        var expected = FactsOf(truth);
        var last = "";
        await cluster.EventuallyAsync(
            $"the figures of {course} to be the sum over {learners.Count} learners: {expected}",
            async () =>
            {
                var engagement = await cluster.Course(course).GetEngagementAsync();
                return last = engagement is null ? "no course" : FactsOf(engagement.Sums);
            },
            facts => facts == expected);
        Assert.Equal(expected, last);
        return truth;
    }
}
