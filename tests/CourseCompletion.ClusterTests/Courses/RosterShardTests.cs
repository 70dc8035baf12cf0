using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Testing.Stores;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

public sealed class RosterShardTests
{
    private static readonly (string, string) _fiftyRowsAShard = ("Courses:ShardRowsMax", "50");

    [Fact]
    public async Task Report_MoreRowsThanAShardMayHave_DoublesOnceAndLosesNoRow()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: _fiftyRowsAShard);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(70);
        await SendAsync(cluster, course, learners);

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await AssertRowsAsync(cluster, course, learners, rowsMax: 50);
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        Assert.Equal(2, (await cluster.Course(course).GetEngagementAsync())!.ShardCount);
    }

    [Fact]
    public async Task Record_WhileShardsDoubleAndEndAgainAndAgain_SumsStayExact()
    {
        await using var cluster = await EngineCluster.StartAsync(await EmbeddedStore.OpenAsync(), ("Courses:ShardRowsMax", "10"));
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(150);
        await using (cluster.PumpClock())
        {
            foreach (var wave in learners.Chunk(25))
            {
                await SendAsync(cluster, course, wave);
                await SendAsync(cluster, course, learners[..20]);
                await cluster.DeactivateAsync(cluster.Roster(course));
                await cluster.DeactivateAsync(cluster.Roster(course, 1));
                await cluster.DeactivateAsync(cluster.Course(course));
            }
        }

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await AssertRowsAsync(cluster, course, learners, rowsMax: 10);
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        Assert.Equal(0, cluster.Log.CountOf(2120));
    }

    [Fact]
    public async Task Adopt_TheHigherShardCannotBeReached_RowsStayUntilItCan()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: _fiftyRowsAShard);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(70);
        var refused = 0;
        cluster.Calls.Before<IRosterShardGrain>(
            nameof(IRosterShardGrain.AdoptAsync),
            () => Interlocked.Increment(ref refused) < 10 ? throw new TimeoutException("Injected: the higher shard is away.") : Task.CompletedTask);

        await SendAsync(cluster, course, learners);

        await cluster.EventuallyAsync("ten attempts to hand rows on", () => refused >= 10);
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await AssertRowsAsync(cluster, course, learners, rowsMax: 50);
    }

    [Fact]
    public async Task Store_AnotherSiloTookTheShardOver_NothingIsAcknowledgedUntilItsServantHasIt()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(10);
        await SendAsync(cluster, course, learners[..5]);
        await CourseTruth.AssertExactAsync(cluster, course, learners[..5]);

        // As it is for a silo that hung, was given up by the others, and wakes.
        var another = new SiloLink();
        var roster = RosterKey.For(EngineCluster.KeyOf(course), 0);
        cluster.Store.RosterOwners[roster] = another;
        await SendAsync(cluster, course, learners[5..]);

        await cluster.EventuallyAsync("the shard to be served by the one that holds it", () => cluster.Store.RosterOwners[roster] != another);
        await cluster.ToldAsync();
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        Assert.True(cluster.Log.CountOf(2122) > 0);
    }

    [Fact]
    public async Task Report_AShardTheCourseDoesNotHave_IsNotCounted()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(3);
        await SendAsync(cluster, course, learners);
        await CourseTruth.AssertExactAsync(cluster, course, learners);

        for (var shard = 5; shard < 10; shard++)
        {
            Assert.Empty(await cluster.Roster(course, shard).ListAsync(new(RosterOrder.ProgressAscending, 10, 0, null)));
        }

        await cluster.EventuallyAsync("their reports to arrive", () => cluster.Calls.ArrivalsOf(cluster.Course(course), nameof(ICourseRollupGrain.ReportAsync)) >= 6);
        Assert.Equal((1, 3), await cluster.Course(course).GetEngagementAsync() is { } seen ? (seen.ShardCount, seen.Sums.Enrolled) : default);
    }

    [Fact]
    public async Task Activate_StoredRowsAreDamaged_TheirLearnersTellAgainAndSumsAreExact()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(10);
        await SendAsync(cluster, course, learners);
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await cluster.ToldAsync();
        await cluster.DeactivateAsync(cluster.Roster(course));
        ((MemoryRosterStore)cluster.Store.Rosters).Damage(RosterKey.For(EngineCluster.KeyOf(course), 0), learners[2], learners[5]);

        // Reading the shard activates it; the course still has what it reported before.
        await AssertRowsAsync(cluster, course, learners, rowsMax: 10);

        Assert.Equal(2, cluster.Log.CountOf(2123));
        await CourseTruth.AssertExactAsync(cluster, course, learners);
    }

    [Fact]
    public async Task Apply_RowsRepeatedAndOutOfOrder_KeepsTheNewestOfEachLearner()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learner = new Producer(cluster, cluster.NewLearner(), course);
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var first = await RowAsync(cluster, learner);
        await learner.SendAsync(learner.Make(EventKind.Commented), learner.Watched(0, 96));
        var second = await RowAsync(cluster, learner);
        var shard = cluster.Grains.GetGrain<IRosterShardGrain>(RosterKey.For(EngineCluster.KeyOf(course), 0).Value);

        await shard.ApplyAsync([second, first]);
        await shard.ApplyAsync([first]);
        await shard.ApplyAsync([second, second]);

        Assert.Equal(0.5, Assert.Single(await cluster.Roster(course).ListAsync(new(RosterOrder.ProgressAscending, 10, 0, null))).Progress);
        await CourseTruth.AssertExactAsync(cluster, course, [learner.Key.Learner]);
        Assert.Equal(0, cluster.Log.CountOf(2120));

        await shard.ApplyAsync([second with { Counts = first.Counts }]);
        await cluster.EventuallyAsync("the contradiction to be reported", () => cluster.Log.CountOf(2120) == 1);
    }

    private static async Task<RosterRow> RowAsync(EngineCluster cluster, Producer learner) =>
        Assert.Single(await CourseTruth.RowsAsync(cluster, learner.Course, [learner.Key.Learner], cluster.NowMs));

    private static Task<EventStatus[][]> SendAsync(EngineCluster cluster, CourseId course, IEnumerable<LearnerId> learners) => Task.WhenAll(learners.Select(id =>
    {
        var learner = new Producer(cluster, id, course, $"source-{cluster.NowMs % 7}");
        return learner.SendUntilStoredAsync(learner.Watched(0, 42), learner.Make(EventKind.Commented));
    }));

    // Every learner in exactly one shard, the right one of a layout that is wide enough, in memory and in the store.
    private static async Task AssertRowsAsync(EngineCluster cluster, CourseId course, LearnerId[] learners, int rowsMax)
    {
        await cluster.EventuallyAsync(
            $"each of {learners.Length} learners to be listed and stored in one shard of at most {rowsMax}",
            async () =>
            {
                var shards = (await cluster.Course(course).GetEngagementAsync())!.ShardCount;
                var expected = learners.Select(id => (EngineCluster.KeyOf(course).RosterFor(id, shards).Shard, id.Value)).Order().ToArray();
                var listed = await ListedAsync(cluster, course, shards);
                var stored = await StoredAsync(cluster, course, shards);
                return $"{shards} shards, largest {listed.GroupBy(row => row.Item1).Max(shard => shard.Count())}, "
                    + $"listed {listed.Length} {listed.SequenceEqual(expected)}, stored {stored.Length} {stored.SequenceEqual(expected)}";
            },
            seen => seen.EndsWith($"listed {learners.Length} True, stored {learners.Length} True", StringComparison.Ordinal)
                && Enumerable.Range(1, rowsMax).Any(rows => seen.Contains($"largest {rows},", StringComparison.Ordinal)));
    }

    private static async Task<(int, string)[]> ListedAsync(EngineCluster cluster, CourseId course, int shards)
    {
        var listed = new List<(int, string)>();
        for (var shard = 0; shard < shards; shard++)
        {
            listed.AddRange((await cluster.Roster(course, shard).ListAsync(new(RosterOrder.ProgressAscending, 500, 0, null))).Select(entry => (shard, entry.Learner)));
        }

        return [.. listed.Order()];
    }

    private static async Task<(int, string)[]> StoredAsync(EngineCluster cluster, CourseId course, int shards)
    {
        var stored = new List<(int, string)>();
        for (var shard = 0; shard < shards; shard++)
        {
            await foreach (var row in cluster.Store.Rosters.ReadAsync(RosterKey.For(EngineCluster.KeyOf(course), shard), CancellationToken.None))
            {
                stored.Add((shard, row.Learner.Value));
            }
        }

        return [.. stored.Order()];
    }
}
