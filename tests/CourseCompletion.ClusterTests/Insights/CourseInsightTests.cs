using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Insights;
using Xunit;

namespace CourseCompletion.ClusterTests.Insights;

public sealed class CourseInsightTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private const int LessonCount = 6;
    private const int LearnerCount = 90;

    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task GetAsync_ManyLeaveAtOneLesson_FindsItAndFollowsItsFix()
    {
        var (course, _) = await ClassAsync((learner, i) => Watching(learner, i % 2 == 0 ? 3 : LessonCount, i % 2 == 0 || i % 9 == 1));
        var grain = _cluster.Grains.GetGrain<ICourseInsightGrain>(EngineCluster.KeyOf(course).Value);

        var found = Assert.Single((await grain.GetAsync())!.Insights);
        Assert.Equal(("leaving-lesson-3", FindingKind.Leaving, "lesson-3"), (found.Id, found.Kind, found.Lesson));
        Assert.Equal((LearnerCount, LearnerCount / 2), (found.Reached, found.Affected));
        Assert.True(found.CompletionsLost > 1, $"{found.CompletionsLost} completions lost");

        Assert.Null(await grain.MarkFixedAsync("leaving-lesson-1"));
        var marked = Assert.Single((await grain.MarkFixedAsync(found.Id))!.Insights);
        Assert.Equal((LearnerCount, LearnerCount / 2, 0, 0), (marked.Fix!.ReachedBefore, marked.Fix.AffectedBefore, marked.Fix.ReachedSince, marked.Fix.AffectedSince));

        var later = await LearnersAsync(course, 40, (learner, _) => Watching(learner, LessonCount, false));
        await _cluster.DeactivateAsync(grain);
        _cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        await _cluster.EventuallyAsync(
            "those who came after the fix to be counted",
            async () => (await grain.GetAsync())!.Insights.Single(insight => insight.Id == found.Id).Fix is { AffectedSince: 0 } fix && fix.ReachedSince == later.Length);
    }

    [Fact]
    public async Task GetAsync_APartIsWatchedAgainAndPausedAt_FindsItThere()
    {
        var (course, learners) = await ClassAsync((learner, i) =>
        [
            learner.Watched(0, 100),
            .. i % 3 == 0
                ? (LearnerEvent[])[learner.Make(EventKind.VideoPaused) with { PositionMs = 43_000 }, learner.Make(EventKind.VideoSeeked) with { FromMs = 50_000, ToMs = 40_000 }, learner.Watched(40, 46)]
                : [],
        ]);

        var sums = await CourseTruth.AssertExactAsync(_cluster, course, learners);
        Assert.Equal(LearnerCount / 3, sums.Lessons["lesson-1"].Marks!.Rewatched[43]);
        var found = Assert.Single((await _cluster.Grains.GetGrain<ICourseInsightGrain>(EngineCluster.KeyOf(course).Value).GetAsync())!.Insights);
        Assert.Equal((FindingKind.Confusing, "lesson-1"), (found.Kind, found.Lesson));
        Assert.InRange(found.Segment!.First, 39, 45);
        Assert.InRange(found.Segment.Last, 42, 46);
    }

    [Fact]
    public async Task GetAsync_UnknownCourse_IsNull()
    {
        var grain = _cluster.Grains.GetGrain<ICourseInsightGrain>(EngineCluster.KeyOf(_cluster.NewCourse()).Value);

        Assert.Null(await grain.GetAsync());
        Assert.Null(await grain.MarkFixedAsync("leaving-lesson-1"));
        Assert.Null(await grain.MarkFixedAsync("anything"));
    }

    private static LearnerEvent[] Watching(Producer learner, int lessons, bool withdraws) =>
    [
        .. Enumerable.Range(1, lessons).Select(lesson => learner.Watched(0, 60, $"lesson-{lesson}")),
        .. withdraws ? (LearnerEvent[])[learner.Make(EventKind.Withdrew)] : [],
    ];

    private async Task<(CourseId Course, LearnerId[] Learners)> ClassAsync(Func<Producer, int, LearnerEvent[]> eventsOf)
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse(), LessonCount))).Course;
        return (course, await LearnersAsync(course, LearnerCount, eventsOf));
    }

    private async Task<LearnerId[]> LearnersAsync(CourseId course, int count, Func<Producer, int, LearnerEvent[]> eventsOf)
    {
        var learners = _cluster.NewLearners(count);
        await Task.WhenAll(learners.Select((learner, i) =>
        {
            var producer = new Producer(_cluster, learner, course);
            return producer.SendUntilStoredAsync(eventsOf(producer, i));
        }));
        await _cluster.EventuallyAsync("all learners to be counted", async () => (await _cluster.Course(course).GetEngagementAsync())?.Sums.Enrolled >= count);
        return learners;
    }
}
