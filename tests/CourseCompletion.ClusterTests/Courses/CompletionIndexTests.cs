using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Completion;
using CourseCompletion.Grains.Completion;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

public sealed class CompletionIndexTests
{
    [Fact]
    public async Task GetCompletionIndex_UnknownCourse_IsNull()
    {
        await using var cluster = await EngineCluster.StartAsync();

        Assert.Null(await cluster.Course(cluster.NewCourse()).GetCompletionIndexAsync());
    }

    [Fact]
    public async Task GetCompletionIndex_TwoCourses_CountsRAndIAndPOfTheLast28Days()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (algebra, poetry) = (cluster.NewCourse(), cluster.NewCourse());
        await cluster.DefineAsync(CourseBuilder.Of(algebra));
        await cluster.DefineAsync(CourseBuilder.Of(poetry));
        var learners = cluster.NewLearners(12);

        // All study algebra, two of them enrolled in poetry long ago. Poetry is promoted to five others and one learner active nowhere; two of the five enrol.
        foreach (var learner in learners)
        {
            var studies = new Producer(cluster, learner, algebra);
            await studies.SendUntilStoredAsync(studies.Watched(0, 50, ago: TimeSpan.FromDays(2)));
        }

        foreach (var learner in learners[..2])
        {
            var knows = new Producer(cluster, learner, poetry, "archive");
            await knows.SendUntilStoredAsync(knows.Watched(0, 50, ago: TimeSpan.FromDays(40)), knows.Make(EventKind.Liked, ago: TimeSpan.FromDays(1)));
        }

        foreach (var learner in learners[2..7].Append(cluster.NewLearner()))
        {
            var hears = new Producer(cluster, learner, poetry);
            await hears.SendUntilStoredAsync(hears.Make(EventKind.PromotionShown, ago: TimeSpan.FromHours(5)));
        }

        foreach (var learner in learners[2..4])
        {
            var enrols = new Producer(cluster, learner, poetry, "web");
            await enrols.SendUntilStoredAsync(enrols.Watched(0, 50, ago: TimeSpan.FromHours(1)));
        }

        await cluster.EventuallyAsync(
            "algebra to be heard of", () => IndexOfAsync(cluster, algebra), index => index?.Reading.Rates.Interacting.Count == new RateCount(0, 12));
        var read = await cluster.EventuallyAsync(
            "poetry's rates to be 5 of 10, 2 of 4, 2 of 6",
            () => IndexOfAsync(cluster, poetry),
            index => CountsOf(index) == (new RateCount(5, 10), new RateCount(2, 4), new RateCount(2, 6)));

        Assert.Equal(4, read!.Learners);
        Assert.InRange(read.ExpectedCompletions, 0.01, 3.99);
        Assert.All(read.Reading.Full.Contributions, term => Assert.Equal(TermLabel.NotIdentified, term.Label));

        cluster.Clock.Advance(TimeSpan.FromDays(40));
        await cluster.EventuallyAsync(
            "the window to leave it all behind",
            () => IndexOfAsync(cluster, poetry),
            index => CountsOf(index) == (new RateCount(0, 0), new RateCount(0, 0), new RateCount(0, 0)));
    }

    [Fact]
    public async Task GetCompletionIndex_CourseEnds_ItsOutcomeIsLearnedOnceAndSurvivesARestart()
    {
        var store = new MemoryStore();
        await using var cluster = await EngineCluster.StartAsync(store);
        var (course, other) = (cluster.NewCourse(), cluster.NewCourse());
        var nowMs = cluster.NowMs;
        await cluster.DefineAsync(CourseBuilder.Of(course, lessons: 1) with { StartsAtMs = nowMs - LearnerTime.DayMs, EndsAtMs = nowMs + (20 * LearnerTime.DayMs) });
        await cluster.DefineAsync(CourseBuilder.Of(other));
        var learners = cluster.NewLearners(10).Select(learner => new Producer(cluster, learner, course)).ToArray();
        foreach (var (learner, i) in learners.Select((learner, i) => (learner, i)))
        {
            await learner.SendUntilStoredAsync(learner.Watched(0, i < 4 ? 100 : 10));
        }

        await cluster.EventuallyAsync("the course to be seen at work", () => IndexOfAsync(cluster, course), index => index?.Reading.Rates.Interacting.Count.Of == 10);

        cluster.Clock.Advance(TimeSpan.FromDays(35));
        var learned = await cluster.EventuallyAsync("its outcome to be learned", () => IndexOfAsync(cluster, course), index => index?.Reading.Learners > 0);

        Assert.InRange(learned!.Reading.Learners, 9.9, 10);
        Assert.Equal(1, learned.Reading.Courses);
        Assert.InRange(learned.Reading.Full.Probability.Value, 0.2, 0.5);

        // Another day, another report of the same outcome, by a course and an index that were read back.
        await cluster.DeactivateAsync(cluster.Grains.GetGrain<ICompletionIndexGrain>("default"));
        await cluster.DeactivateAsync(cluster.Course(course));
        cluster.Clock.Advance(TimeSpan.FromDays(28));
        var later = await cluster.EventuallyAsync("a reading of four weeks later", () => IndexOfAsync(cluster, course), index => index?.EvaluatedAtMs >= learned.EvaluatedAtMs + (28 * LearnerTime.DayMs));

        Assert.InRange(later!.Reading.Learners, 4.9, 5.1);
        var elsewhere = await cluster.EventuallyAsync("the other course to answer", () => IndexOfAsync(cluster, other), index => index is not null);
        Assert.Equal(1, elsewhere!.Reading.Courses);
    }

    // Nobody reads the ended course and nothing happens in it: the tenant asks for its outcome.
    [Fact]
    public async Task GetCompletionIndex_EndedCourseSleeps_IsAskedForItsOutcome()
    {
        await using var cluster = await EngineCluster.StartAsync(null, ("Courses:IndexStoreEvery", "00:00:00.200"));
        var (course, other) = (cluster.NewCourse(), cluster.NewCourse());
        await cluster.DefineAsync(CourseBuilder.Of(course) with { StartsAtMs = cluster.NowMs - LearnerTime.DayMs, EndsAtMs = cluster.NowMs + (20 * LearnerTime.DayMs) });
        await cluster.DefineAsync(CourseBuilder.Of(other));
        var learner = new Producer(cluster, cluster.NewLearner(), course);
        await learner.SendUntilStoredAsync(learner.Watched(0, 50));
        await cluster.EventuallyAsync("the course to be seen at work", () => IndexOfAsync(cluster, course), index => index?.Reading.Rates.Interacting.Count.Of == 1);
        await cluster.ToldAsync();
        await cluster.DeactivateAsync(cluster.Roster(course));
        await cluster.DeactivateAsync(cluster.Course(course));

        cluster.Clock.Advance(TimeSpan.FromDays(35));
        var read = await cluster.EventuallyAsync("the other course to know of one course's outcome", () => IndexOfAsync(cluster, other), index => index?.Reading.Courses == 1);

        Assert.InRange(read!.Reading.Learners, 0.99, 1);
    }

    // Whatever is sent again, and however often the course is read at once, one report of an instant is enough.
    [Fact]
    public async Task GetCompletionIndex_ReadByManyAtOnce_ReportsOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(null, ("Courses:EvaluateEvery", "01:00:00"), ("Courses:IndexEvery", "01:00:00"));
        var course = cluster.NewCourse();
        await cluster.DefineAsync(CourseBuilder.Of(course));
        var index = cluster.Grains.GetGrain<ICompletionIndexGrain>("default");
        await IndexOfAsync(cluster, course);
        var before = cluster.Calls.ArrivalsOf(index, nameof(ICompletionIndexGrain.TakeAsync));

        cluster.Clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => IndexOfAsync(cluster, course)));

        Assert.Equal((1, before + 1), (before, cluster.Calls.ArrivalsOf(index, nameof(ICompletionIndexGrain.TakeAsync))));
    }

    private static async Task<CourseIndex?> IndexOfAsync(EngineCluster cluster, CourseId course) => await cluster.Course(course).GetCompletionIndexAsync();

    private static (RateCount, RateCount, RateCount)? CountsOf(CourseIndex? index) => index is null
        ? null
        : (index.Reading.Rates.Recommended.Count, index.Reading.Rates.Interacting.Count, index.Reading.Rates.Promoted.Count);
}
