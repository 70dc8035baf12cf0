using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Scheduling;
using CourseCompletion.Testing.Stores;
using Xunit;

namespace CourseCompletion.ClusterTests.Scheduling;

/// <summary>Crashes between remembering and telling.</summary>
public sealed class SweepTests
{
    [Fact]
    public async Task Sweep_CollectedRowsDiedWithTheirSilo_TellsThemAgain()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(40);

        // The clock stands still, so that the collectors keep what they get; then one silo dies with it.
        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, course)));
        Assert.Equal(2 * learners.Length, ((MemoryPendingIndex)cluster.Store.Pending).Count);
        var victim = cluster.Silos[1];
        var lost = learners.Count(id => cluster.SiloOf(cluster.Learner(id))!.Equals(victim.SiloAddress));
        await cluster.KillAsync(victim);
        Assert.InRange(lost, 1, learners.Length - 1);

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await cluster.ToldAsync();
    }

    [Fact]
    public async Task Sweep_RowsNeverReachTheirRoster_TellsThemAgainOnceTheyCan()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Courses:CollectedRowsMax", "1"));
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(25);

        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, course)));

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await cluster.ToldAsync();
    }

    [Fact]
    public async Task Sweep_RosterDiesBeforeItStoresWhatItTook_TellsItAgain()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: [("Courses:StoreAfter", "00:00:02"), ("Sweep:OlderThan", "00:00:02.500")]);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(20);
        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, course)));
        await CourseTruth.AssertExactAsync(cluster, course, learners);
        Assert.InRange(((MemoryPendingIndex)cluster.Store.Pending).Count, learners.Length, 2 * learners.Length);
        await cluster.DeactivateAsync(learners);

        var home = cluster.SiloOf(cluster.Roster(course));
        await cluster.KillAsync(cluster.Silos.First(silo => silo.SiloAddress.Equals(home)));

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await cluster.ToldAsync();
    }

    [Fact]
    public async Task Sweep_RowsAreStoredButTheirMarksStay_TellsThemAgainUntilTheMarksAreGone()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(20);
        cluster.Store.Faults.FailAcknowledgements(5);

        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, course)));

        await CourseTruth.AssertExactAsync(cluster, course, learners);
        await cluster.ToldAsync();
    }

    [Fact]
    public async Task Collect_OneRosterDoesNotAnswer_RowsOfOtherCoursesAreToldAllTheSame()
    {
        await using var cluster = await EngineCluster.StartAsync();
        CourseId[] courses = [.. await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course))];
        var learners = cluster.NewLearners(20);
        var held = new Stall();
        var silent = cluster.Roster(courses[0]).GetGrainId();
        cluster.Calls.Before<IRosterShardGrain>(nameof(IRosterShardGrain.ApplyAsync), roster => roster == silent ? held.WaitAsync() : Task.CompletedTask);
        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, courses[0])));
        await cluster.EventuallyAsync("a call to the silent roster", () => held.IsReached);

        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, courses[1])));

        await CourseTruth.AssertExactAsync(cluster, courses[1], learners);
        held.Release();
        await CourseTruth.AssertExactAsync(cluster, courses[0], learners);
        await cluster.ToldAsync();
    }

    [Fact]
    public async Task Sweep_EverythingWasTold_LeavesDormantLearnersAsleep()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(10);
        await Task.WhenAll(learners.Select(id => SendAsync(cluster, id, course)));
        await cluster.ToldAsync();
        await cluster.DeactivateAsync(learners);

        var swept = cluster.Store.Faults.AppendsOf(EngineCluster.KeyOf(learners[0]));
        await CourseTruth.AssertExactAsync(cluster, course, learners);

        Assert.All(learners, id => Assert.Null(cluster.SiloOf(cluster.Learner(id))));
        Assert.Equal(1, swept);
    }

    [Fact]
    public async Task Start_ASweepCannotBeReached_SiloStartsAndAsksAgain()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var refused = 0;
        cluster.Calls.Before<ISweepGrain>(
            nameof(ISweepGrain.StartAsync),
            () => Interlocked.Increment(ref refused) <= 6 ? throw new TimeoutException("Injected: the sweep's silo just died.") : Task.CompletedTask);

        await cluster.StartSiloAsync();

        Assert.Equal(3, cluster.Silos.Count);
        await cluster.EventuallyAsync("both shards to be asked until they answer", () => refused == 8);
    }

    [Fact]
    public async Task Start_WhileASweepIsHeldUp_DoesNotKeepASiloFromStarting()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var held = new Stall();
        cluster.Calls.Before<Grains.Learners.ILearnerTellingGrain>(nameof(Grains.Learners.ILearnerTellingGrain.TellAsync), held.WaitAsync);
        cluster.Calls.Before<IRosterShardGrain>(nameof(IRosterShardGrain.ApplyAsync), () => throw new TimeoutException("Injected: the roster is away."));
        await Task.WhenAll(cluster.NewLearners(20).Select(id => SendAsync(cluster, id, course)));
        await held.Reached;

        await cluster.StartSiloAsync().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(3, cluster.Silos.Count);
        held.Release();
    }

    private static Task<EventStatus[]> SendAsync(EngineCluster cluster, LearnerId id, CourseId course)
    {
        var learner = new Producer(cluster, id, course);
        return learner.SendUntilStoredAsync(learner.Watched(0, 60), learner.Make(EventKind.Liked));
    }
}
