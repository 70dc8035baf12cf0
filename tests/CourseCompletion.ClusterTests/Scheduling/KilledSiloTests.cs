using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Scheduling;

/// <summary>Silos end as by kill -9 while a client streams and resends what was not acknowledged.</summary>
public sealed class KilledSiloTests
{
    private const int LearnerCount = 40;
    private const int BatchesPerLearner = 25;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Record_SiloIsKilledMidStream_StoresWhatWasAcknowledgedOnceAndSumsAreExact(bool embedded)
    {
        StoreUnderTest store = embedded ? await EmbeddedStore.OpenAsync() : new MemoryStore();
        await using var cluster = await EngineCluster.StartAsync(store, ("Courses:ShardRowsMax", "25"));
        CourseId[] courses = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course))];
        var learners = cluster.NewLearners(LearnerCount);
        List<LearnerEvent>[] sent;
        await using (cluster.PumpClock())
        {
            var progress = new int[1];
            var streaming = Task.WhenAll(learners.Select(id => Task.Run(() => StreamAsync(cluster, id, courses, progress))));
            await cluster.EventuallyAsync("a third of the batches", () => Volatile.Read(ref progress[0]) > LearnerCount * BatchesPerLearner / 3);
            await cluster.KillAsync(cluster.Silos[1]);
            await cluster.StartSiloAsync();
            await cluster.EventuallyAsync("two thirds of the batches", () => Volatile.Read(ref progress[0]) > LearnerCount * BatchesPerLearner * 2 / 3);
            await cluster.KillAsync(cluster.Silos[0]);
            sent = await streaming;
        }

        for (var i = 0; i < learners.Length; i++)
        {
            var stored = await store.EventsAsync(EngineCluster.KeyOf(learners[i]));
            Assert.Equal(sent[i].Select(e => e.EventId).Order(), stored.Select(e => e.EventId).Order());
        }

        foreach (var course in courses)
        {
            var sums = await CourseTruth.AssertExactAsync(cluster, course, learners);
            Assert.Equal(sent.Sum(events => events.Count(e => e.Course == course)), sums.Counts.Events);
        }

        Assert.Equal(0, cluster.Log.CountOf(2120));
    }

    [Fact]
    public async Task Record_SiloIsStoppedInOrder_NobodyHasToWaitAndSumsAreExact()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(LearnerCount);
        await using (cluster.PumpClock())
        {
            var progress = new int[1];
            var streaming = Task.WhenAll(learners.Select(id => Task.Run(() => StreamAsync(cluster, id, [course], progress))));
            await cluster.EventuallyAsync("a third of the batches", () => Volatile.Read(ref progress[0]) > LearnerCount * BatchesPerLearner / 3);
            await cluster.StopAsync(cluster.Silos[1]);
            await streaming;
        }

        await CourseTruth.AssertExactAsync(cluster, course, learners);
    }

    private static async Task<List<LearnerEvent>> StreamAsync(EngineCluster cluster, LearnerId id, CourseId[] courses, int[] progress)
    {
        Producer[] producers = [.. courses.Select(course => new Producer(cluster, id, course))];
        var sent = new List<LearnerEvent>();
        for (var batch = 0; batch < BatchesPerLearner; batch++)
        {
            LearnerEvent[] events =
            [
                .. producers.SelectMany(producer => new[] { producer.Watched(batch * 3, (batch * 3) + 4), producer.Make(EventKind.Commented) }),
                producers[0].Make(batch % 2 == 0 ? EventKind.Liked : EventKind.Unliked),
            ];
            await producers[0].SendUntilStoredAsync(events);
            sent.AddRange(events);
            Interlocked.Increment(ref progress[0]);
        }

        return sent;
    }
}
