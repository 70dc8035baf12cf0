using System.Text.Json;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Testing.Stores;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

public sealed class LearnerRestartTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly EventKind[] _kinds =
    [
        EventKind.SessionStarted, EventKind.VideoPlayed, EventKind.VideoWatched, EventKind.Liked, EventKind.Unliked, EventKind.Commented, EventKind.Rated,
        EventKind.AssessmentSubmitted, EventKind.CheckedIn, EventKind.QuestionAsked, EventKind.PromotionShown, EventKind.ActivityRecorded,
    ];

    private readonly EngineCluster _cluster = fixture.Cluster;

    private MemoryStore Store => (MemoryStore)_cluster.Store;

    [Fact]
    public async Task Activate_AfterSnapshotsAndATail_HasTheSameState()
    {
        var learner = await NewProducerAsync();
        await LiveAsync(learner, 400);
        var lived = await TextOfAsync(learner);

        await _cluster.DeactivateAsync(learner.Grain);
        var activated = await TextOfAsync(learner);

        Assert.Equal(lived, activated);
        Assert.Equal(2, Store.Payloads.SnapshotsOf(learner.Grain.GetGrainId()).Count);
        var tail = await _cluster.Store.Journal.ReadTailAsync(learner.Key, 0, CancellationToken.None);
        Assert.True(tail.TrimmedThrough > 0, "Nothing was trimmed.");
        Assert.True(tail.TrimmedThrough <= Store.Payloads.SnapshotsOf(learner.Grain.GetGrainId())[0], "Frames behind the newer snapshot were trimmed.");
    }

    [Fact]
    public async Task Activate_WithoutSnapshots_HasTheSameState()
    {
        var learner = await NewProducerAsync();
        await LiveAsync(learner, 40);
        var lived = await TextOfAsync(learner);

        await _cluster.DeactivateAsync(learner.Grain);

        Assert.Empty(Store.Payloads.SnapshotsOf(learner.Grain.GetGrainId()));
        Assert.Equal(lived, await TextOfAsync(learner));
    }

    [Fact]
    public async Task Record_Beyond512Frames_TakesASnapshotHoweverSmallTheyAre()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Learners:SnapshotBytesMin", "10000000"));
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learner = new Producer(cluster, cluster.NewLearner(), course);
        for (var i = 0; i < 1100; i++)
        {
            await learner.SendAsync(learner.Make(EventKind.Liked));
        }

        var lived = await TextOfAsync(learner, cluster);
        await cluster.DeactivateAsync(learner.Grain);

        Assert.Equal([512, 1024], ((MemoryStore)cluster.Store).Payloads.SnapshotsOf(learner.Grain.GetGrainId()));
        Assert.Equal(lived, await TextOfAsync(learner, cluster));
        Assert.Equal(512, (await cluster.Store.Journal.ReadTailAsync(learner.Key, 0, CancellationToken.None)).TrimmedThrough);
    }

    [Fact]
    public Task Activate_NewestSnapshotIsDamaged_FallsBackToTheOlderOneAndLosesNothing() => FallBackAsync(_cluster);

    [Fact]
    public async Task Activate_NewestSnapshotOfTheEmbeddedStoreIsDamaged_FallsBackToTheOlderOneAndLosesNothing()
    {
        await using var cluster = await EngineCluster.StartAsync(await EmbeddedStore.OpenAsync());
        await FallBackAsync(cluster);
    }

    [Fact]
    public async Task Activate_JournalIsGoneBehindTheSnapshots_RefusesInsteadOfStartingAfresh()
    {
        var learner = await NewProducerAsync();
        await LiveAsync(learner, 20);
        await _cluster.DeactivateAsync(learner.Grain);
        ((MemoryJournal)_cluster.Store.Journal).Lose(learner.Key, 10);

        await Assert.ThrowsAnyAsync<Exception>(learner.ProfileAsync);
        await Assert.ThrowsAnyAsync<Exception>(() => learner.SendAsync(learner.Make(EventKind.Shared)));
        Assert.True(_cluster.Log.CountOf(2001) > 0, "No alarm was raised.");
    }

    [Fact]
    public async Task Record_OldEventsAgainAfterRestart_AreDuplicatesLoadedOnDemand()
    {
        var learner = await NewProducerAsync();
        var days = new List<LearnerEvent>();
        for (var day = 25; day >= 0; day--)
        {
            var events = Enumerable.Range(0, 12).Select(_ => learner.Make(EventKind.Commented, ago: TimeSpan.FromDays(day))).ToArray();
            days.AddRange(events);
            Assert.All(await learner.SendAsync(events), fate => Assert.Equal(EventStatus.Accepted, fate));
        }

        Assert.NotEmpty(Store.Payloads.SnapshotsOf(learner.Grain.GetGrainId()));
        await _cluster.DeactivateAsync(learner.Grain);
        var appends = _cluster.Store.Faults.AppendsOf(learner.Key);

        Assert.All(await learner.SendAsync([.. days]), fate => Assert.Equal(EventStatus.Duplicate, fate));
        Assert.Equal(appends, _cluster.Store.Faults.AppendsOf(learner.Key));
        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(learner.Make(EventKind.Commented, ago: TimeSpan.FromDays(20))));
    }

    [Fact]
    public async Task Record_SnapshotFails_LearnerIsReadBackAndNothingIsLost()
    {
        var learner = await NewProducerAsync();
        Store.Payloads.FailNextWrite(learner.Grain.GetGrainId());
        var events = new List<LearnerEvent>();
        for (var i = 0; i < 200; i++)
        {
            events.Add(learner.Make(EventKind.Commented));
            await learner.SendUntilStoredAsync(events[^1]);
        }

        Assert.True(_cluster.Log.CountOf(2004) > 0, "No snapshot failed.");
        Assert.Equal(200, (await learner.ProfileAsync()).EventCount);
        Assert.All(await learner.SendUntilStoredAsync([.. events]), fate => Assert.Equal(EventStatus.Duplicate, fate));
    }

    [Fact]
    public async Task Migrate_LearnerWithSnapshots_HasTheSameStateOnTheOtherSilo()
    {
        var learner = await NewProducerAsync();
        var events = await LiveAsync(learner, 400);
        for (var moves = 0; moves < 3; moves++)
        {
            var lived = await TextOfAsync(learner);
            var from = _cluster.SiloOf(learner.Grain);

            await _cluster.MigrateAsync(learner.Grain);

            Assert.Equal(lived, await TextOfAsync(learner));
            Assert.NotEqual(from, _cluster.SiloOf(learner.Grain));
            Assert.All(await learner.SendAsync(events[^20..]), fate => Assert.Equal(EventStatus.Duplicate, fate));
            await LiveAsync(learner, 100);
        }
    }

    private static async Task FallBackAsync(EngineCluster cluster)
    {
        var learner = await NewProducerAsync(cluster);
        var events = await LiveAsync(learner, 400);
        await cluster.ToldAsync();
        var lived = await TextOfAsync(learner, cluster);
        await cluster.DeactivateAsync(learner.Grain);
        cluster.Store.DamageNewestSnapshot(learner.Grain.GetGrainId());

        Assert.Equal(lived, await TextOfAsync(learner, cluster));
        Assert.True(cluster.Log.CountOf(2000) > 0, "Nobody was told of the damage.");

        // It goes on from there: nothing sent before counts again, and the next snapshots are whole.
        Assert.All(await learner.SendAsync(events[^100..]), fate => Assert.Equal(EventStatus.Duplicate, fate));
        await LiveAsync(learner, 200);
        lived = await TextOfAsync(learner, cluster);
        await cluster.DeactivateAsync(learner.Grain);
        Assert.Equal(lived, await TextOfAsync(learner, cluster));
    }

    // One event a frame, of many kinds, over several days.
    private static async Task<LearnerEvent[]> LiveAsync(Producer learner, int count)
    {
        await learner.SendAsync(learner.Make(EventKind.Enrolled), learner.Make(EventKind.Withdrew), learner.Make(EventKind.Enrolled));
        var events = new LearnerEvent[count];
        for (var i = 0; i < count; i++)
        {
            var kind = _kinds[i * 5 % _kinds.Length];
            var ago = TimeSpan.FromHours((count - i) * 100 / (double)count);
            events[i] = kind == EventKind.VideoWatched ? learner.Watched(i % 90, (i % 90) + 7, $"lesson-{1 + (i % 2)}", ago) : learner.Make(kind, ago);
            Assert.Equal([EventStatus.Accepted], await learner.SendUntilStoredAsync(events[i]));
        }

        return events;
    }

    private Task<string> TextOfAsync(Producer learner) => TextOfAsync(learner, _cluster);

    private static async Task<string> TextOfAsync(Producer learner, EngineCluster cluster) =>
        JsonSerializer.Serialize((await learner.Grain.GetProfileAsync(cluster.NowMs)).Value);

    private Task<Producer> NewProducerAsync() => NewProducerAsync(_cluster);

    private static async Task<Producer> NewProducerAsync(EngineCluster cluster) =>
        new(cluster, cluster.NewLearner(), (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course);
}
