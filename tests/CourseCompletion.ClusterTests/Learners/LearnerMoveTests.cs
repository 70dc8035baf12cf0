using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

public sealed class LearnerMoveTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Record_WhileActivationsMoveAndEnd_StoresEveryEventOnce()
    {
        const int perLearner = 150;
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        Producer[] learners = [.. _cluster.NewLearners(8).Select(id => new Producer(_cluster, id, course))];
        using var end = new CancellationTokenSource();
        var moving = Task.Run(() => MoveAboutAsync(learners, end.Token));

        var sent = await Task.WhenAll(learners.Select(learner => Task.Run(() => SendAsync(learner, perLearner))));
        await end.CancelAsync();
        Assert.True(await moving > 0, "No activation moved.");

        for (var i = 0; i < learners.Length; i++)
        {
            var stored = await _cluster.Store.EventsAsync(learners[i].Key);
            Assert.Equal(sent[i].Select(e => e.EventId), stored.Select(e => e.EventId));
            Assert.Equal(perLearner, (await learners[i].ProfileAsync()).EventCount);
        }

        await CourseTruth.AssertExactAsync(_cluster, course, [.. learners.Select(learner => learner.Key.Learner)]);
        Assert.Equal(0, _cluster.Log.CountOf(2120));
    }

    [Fact]
    public async Task Stop_WhileWatchersWaitForALongTime_NeitherTheSiloNorTheLearnersHaveTo()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        Producer[] learners = [.. cluster.NewLearners(10).Select(id => new Producer(cluster, id, course))];
        await Task.WhenAll(learners.Select(learner => learner.SendAsync(learner.Make(EventKind.Commented))));
        await CourseTruth.AssertExactAsync(cluster, course, [.. learners.Select(learner => learner.Key.Learner)]);

        // The clock stands still: nobody's patience ends by itself.
        foreach (var learner in learners)
        {
            _ = learner.Grain.WatchAsync((await learner.ProfileAsync()).Version, TimeSpan.FromSeconds(20)).AsTask();
        }

        await cluster.EventuallyAsync(
            "the watchers to wait", () => learners.All(learner => cluster.Calls.ArrivalsOf(learner.Grain, nameof(ILearnerGrain.WatchAsync)) == 1));
        var stopping = cluster.StopAsync(cluster.Silos[1]);
        var sent = learners.Select(learner => learner.SendUntilStoredAsync(learner.Make(EventKind.Commented)));

        await Task.WhenAll([stopping, .. sent]).WaitAsync(TimeSpan.FromSeconds(8));
        Assert.Single(cluster.Silos);
    }

    private async Task<List<LearnerEvent>> SendAsync(Producer learner, int count)
    {
        var sent = new List<LearnerEvent>();
        for (var i = 0; i < count; i++)
        {
            sent.Add(i % 3 == 0 ? learner.Watched(i % 90, (i % 90) + 5) : learner.Make(EventKind.Commented));
            await learner.SendUntilStoredAsync(sent[^1]);
            if (i % 30 == 0)
            {
                // Fast machines would be done before anything has moved: a few ends of the activation are certain.
                await _cluster.DeactivateAsync(learner.Grain);
            }
        }

        return sent;
    }

    private async Task<int> MoveAboutAsync(Producer[] learners, CancellationToken end)
    {
        var moves = 0;
        for (; !end.IsCancellationRequested; moves++)
        {
            var learner = learners[moves % learners.Length];
            await (moves % 3 == 0 ? _cluster.DeactivateAsync(learner.Grain) : _cluster.MigrateAsync(learner.Grain));
            if (moves % 10 == 0)
            {
                await _cluster.DeactivateAsync(_cluster.Roster(learner.Course));
                await _cluster.DeactivateAsync(_cluster.Course(learner.Course));
            }
        }

        return moves;
    }
}
