using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

public sealed class LearnerWatchTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Watch_AChangeComes_WakesWithIt()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;

        var watch = learner.Grain.WatchAsync(seen, _patience).AsTask();
        await ArrivedAsync(learner, 1);
        Assert.False(watch.IsCompleted);
        await learner.SendAsync(learner.Watched(0, 30));

        var change = await watch;
        Assert.Equal((seen.Sequence + 1, false), (change!.Version.Sequence, change.Complete));
        Assert.Equal(30_000, Assert.Single(change.Enrolments).Lessons[0].UniqueMs);
    }

    [Fact]
    public async Task Watch_NothingChanges_EndsWithTheWatchersPatience()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;

        var watch = learner.Grain.WatchAsync(seen, _patience).AsTask();
        await ArrivedAsync(learner, 1);
        _cluster.Clock.Advance(_patience - TimeSpan.FromSeconds(1));
        Assert.False(watch.IsCompleted);
        _cluster.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Null(await watch.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Watch_PatienceWithoutEnd_IsNotGranted()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;

        Assert.Null(await learner.Grain.WatchAsync(seen, Timeout.InfiniteTimeSpan).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        var long1 = learner.Grain.WatchAsync(seen, TimeSpan.MaxValue).AsTask();
        await ArrivedAsync(learner, 2);
        _cluster.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Null(await long1.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Watch_NothingSeenYet_AnswersTheWholeStateAtOnce()
    {
        var learner = await NewProducerAsync();
        var second = new Producer(_cluster, learner.Key.Learner, (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course);
        await learner.SendAsync(learner.Make(EventKind.Commented), second.Make(EventKind.Commented));
        var current = (await learner.ProfileAsync()).Version;

        foreach (var seen in new[] { LearnerVersion.None, current with { Incarnation = current.Incarnation + 1 }, current with { Sequence = current.Sequence + 7 } })
        {
            var change = await learner.Grain.WatchAsync(seen, _patience);
            Assert.Equal((current, 2, true), (change!.Version, change.Enrolments.Length, change.Complete));
        }
    }

    [Fact]
    public async Task Watch_ResumedWithAVersion_GetsOnlyTheEnrolmentsChangedSince()
    {
        var learner = await NewProducerAsync();
        var second = new Producer(_cluster, learner.Key.Learner, (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course);
        await learner.SendAsync(learner.Make(EventKind.Commented), second.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;
        await second.SendAsync(second.Make(EventKind.Shared));
        await second.SendAsync(second.Make(EventKind.Shared));
        await _cluster.DeactivateAsync(learner.Grain);

        var change = await learner.Grain.WatchAsync(seen, _patience);

        Assert.Equal(seen.Sequence + 2, change!.Version.Sequence);
        Assert.Equal(second.Course, Assert.Single(change.Enrolments).Course);
    }

    [Fact]
    public async Task Watch_ChangesComeAllTheTime_LosesNone()
    {
        const int changes = 150;
        var learner = await NewProducerAsync();
        var second = new Producer(_cluster, learner.Key.Learner, (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course);
        await learner.SendAsync(learner.Make(EventKind.Shared), second.Make(EventKind.Shared));
        var seen = (await learner.ProfileAsync()).Version;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < changes; i++)
            {
                var producer = i % 3 == 0 ? second : learner;
                await producer.SendAsync(producer.Make(EventKind.Commented));
            }
        });

        var shown = new Dictionary<string, long>();
        while (seen.Sequence < changes + 1)
        {
            var change = await learner.Grain.WatchAsync(seen, _patience).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
            Assert.True(change!.Version.Sequence > seen.Sequence, "A change without news.");
            seen = change.Version;
            foreach (var enrolment in change.Enrolments)
            {
                shown[enrolment.Course.Value] = enrolment.KindCounts[(int)EventKind.Commented];
            }
        }

        await sending;
        Assert.Equal((changes * 2 / 3, changes / 3), (shown[learner.Course.Value], shown[second.Course.Value]));
    }

    [Fact]
    public async Task Watch_MoreWatchersThanTheCap_AreAnsweredAtOnce()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;
        var watches = Enumerable.Range(0, 64).Select(_ => learner.Grain.WatchAsync(seen, _patience).AsTask()).ToArray();
        await ArrivedAsync(learner, 64);

        Assert.Null(await learner.Grain.WatchAsync(seen, _patience).AsTask().WaitAsync(TimeSpan.FromSeconds(10)));

        await learner.SendAsync(learner.Make(EventKind.Commented));
        Assert.All(await Task.WhenAll(watches), change => Assert.Equal(seen.Sequence + 1, change!.Version.Sequence));
    }

    [Fact]
    public async Task Watch_TheAppendFails_EndsAndCanBeResumed()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var seen = (await learner.ProfileAsync()).Version;
        var watch = learner.Grain.WatchAsync(seen, _patience).AsTask();
        await ArrivedAsync(learner, 1);

        var e = learner.Make(EventKind.Commented);
        _cluster.Store.Faults.FailNext(learner.Key);
        await learner.SendAsync(e);
        await Assert.ThrowsAnyAsync<Exception>(() => watch.WaitAsync(TimeSpan.FromSeconds(10)));
        await learner.SendUntilStoredAsync(e);

        var change = await learner.Grain.WatchAsync(seen, _patience);
        Assert.Equal((seen.Sequence + 1, 2), (change!.Version.Sequence, change.Enrolments[0].KindCounts[(int)EventKind.Commented]));
    }

    private Task ArrivedAsync(Producer learner, int count) => _cluster.EventuallyAsync(
        $"{count} watchers to arrive", () => _cluster.Calls.ArrivalsOf(learner.Grain, nameof(ILearnerGrain.WatchAsync)) >= count);

    private async Task<Producer> NewProducerAsync() =>
        new(_cluster, _cluster.NewLearner(), (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course);
}
