using System.Globalization;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Completion;
using CourseCompletion.Grains.Completion;
using Xunit;

namespace CourseCompletion.ClusterTests.Completion;

/// <summary>Predictions are put aside by rosters, their labels mature with the course, and every silo scores by what was learned.</summary>
public sealed class ModelHealthTests
{
    private const int Learners = 30;
    private const int Completers = 12;

    [Fact]
    public async Task GetAsync_CourseEnds_KnowsItsLabelsAndEverySiloScoresByThem()
    {
        var store = new MemoryStore();
        await using var cluster = await EngineCluster.StartAsync(store);
        var (champion, course) = (await ChampionOf(cluster), cluster.NewCourse());
        Assert.Null((await Catalog(cluster).ShadowAsync("prior-1")).Fault);
        var learners = await LiveThroughAsync(cluster, course);
        Assert.Equal(0, (await HealthAsync(cluster, champion)).Labels);

        cluster.Clock.Advance(TimeSpan.FromDays(30));
        var health = await cluster.EventuallyAsync("the champion's labels to be learned", () => HealthAsync(cluster, champion), health => health.Labels == Learners);
        var shadow = await cluster.EventuallyAsync("the shadow's labels to be learned", () => HealthAsync(cluster, "prior-1"), health => health.Labels == Learners);

        Assert.Equal((Learners, Completers / (double)Learners), (health.Raw.Count, health.Served.BaseRate));
        Assert.Equal(health.Raw.BaseRate, shadow.Raw.BaseRate);
        Assert.NotEqual(health.Raw.MeanProbability, shadow.Raw.MeanProbability);
        Assert.Equal((course.Value, Learners), (Assert.Single(health.Courses).Course, health.Courses[0].Served.Count));
        Assert.NotEqual(0, health.Courses[0].Intercept);
        Assert.True(cluster.Calls.ArrivalsOf(Health(cluster, champion), nameof(IModelLearningGrain.TakeProxiesAsync)) > 0, "Nobody told who stayed active.");
        await cluster.EventuallyAsync("what was told to be let go of", async () => (await PendingAsync(cluster, course)).Count == 0);

        // Each learner is on one silo or the other.
        var other = cluster.NewCourse();
        await cluster.DefineAsync(CourseBuilder.Of(other));
        await cluster.EventuallyAsync("all learners to be scored by the calibration", async () =>
        {
            var versions = new List<string>();
            foreach (var learner in learners)
            {
                var produces = new Producer(cluster, learner, other, $"after-{cluster.NowMs}");
                versions.Add(Assert.Single((await produces.RecordAsync(produces.Make(EventKind.Shared))).Scores).ModelVersion);
            }

            return versions.TrueForAll(version => LabelsOf(version, champion) > Learners);
        });

        // Read by a grain and silos that know nothing yet but what is stored.
        await cluster.DeactivateAsync(Health(cluster, champion));
        Assert.Equal(Learners, (await HealthAsync(cluster, champion)).Labels);
        var read = await new Producer(cluster, learners[0], other).EnrolmentAsync();
        Assert.True(LabelsOf(read.ModelVersion, champion) > Learners, $"Read with {read.ModelVersion}.");
    }

    // The first call of the shard fails, and then its activation goes: nothing is lost.
    [Fact]
    public async Task TakeAsync_CallFailsAndTheRosterMoves_LabelsAreToldAgain()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (champion, course) = (await ChampionOf(cluster), cluster.NewCourse());
        await LiveThroughAsync(cluster, course);
        var failures = 0;
        cluster.Calls.Before<IModelLearningGrain>(nameof(IModelLearningGrain.TakeAsync), () =>
            Interlocked.Increment(ref failures) == 1 ? Task.FromException(new TimeoutException("a test")) : Task.CompletedTask);

        cluster.Clock.Advance(TimeSpan.FromDays(30));
        await cluster.EventuallyAsync("a call to fail", () => Volatile.Read(ref failures) > 0);
        await cluster.MigrateAsync(cluster.Roster(course));

        await cluster.EventuallyAsync("the labels to be learned", () => HealthAsync(cluster, champion), health => health.Labels == Learners);
        Assert.Equal(Completers / (double)Learners, (await HealthAsync(cluster, champion)).Served.BaseRate);
    }

    [Fact]
    public async Task GetAsync_MalformedKey_IsRefused()
    {
        await using var cluster = await EngineCluster.StartAsync();

        await Assert.ThrowsAnyAsync<Exception>(async () => await cluster.Grains.GetGrain<IModelHealthGrain>("default/a b").GetAsync());
    }

    // How many labels and proxy labels are behind a score.
    private static int LabelsOf(string version, string model) =>
        version.StartsWith($"{model}+", StringComparison.Ordinal) ? int.Parse(version.AsSpan(model.Length + 1), CultureInfo.InvariantCulture) : 0;

    // Two weeks of a course of three, in which each learner's prediction of a week is put aside and some complete.
    private static async Task<LearnerId[]> LiveThroughAsync(EngineCluster cluster, CourseId course)
    {
        var nowMs = cluster.NowMs;
        await cluster.DefineAsync(CourseBuilder.Of(course, lessons: 1) with { StartsAtMs = nowMs, EndsAtMs = nowMs + (21 * LearnerTime.DayMs) });
        var learners = cluster.NewLearners(Learners);
        foreach (var learner in learners)
        {
            var studies = new Producer(cluster, learner, course);
            await studies.SendUntilStoredAsync(studies.Watched(0, 10));
        }

        cluster.Clock.Advance(TimeSpan.FromDays(6.99));
        await cluster.EventuallyAsync("a prediction of nearly each learner to be put aside and stored", () => PendingAsync(cluster, course), pending => pending.Count >= Learners - 1);
        foreach (var learner in learners[..Completers])
        {
            var studies = new Producer(cluster, learner, course, "web");
            await studies.SendUntilStoredAsync(studies.Watched(10, 100));
        }

        cluster.Clock.Advance(TimeSpan.FromDays(6.99));
        await cluster.EventuallyAsync("every learner's to be", () => PendingAsync(cluster, course), pending => pending.Count == Learners);
        return learners;
    }

    private static async Task<List<PendingPrediction>> PendingAsync(EngineCluster cluster, CourseId course)
    {
        var pending = new List<PendingPrediction>();
        await foreach (var row in cluster.Store.Rosters.ReadAsync(RosterKey.For(EngineCluster.KeyOf(course), 0), CancellationToken.None))
        {
            RosterRowCodec.Decode(row.Payload.Span, out var prediction);
            pending.AddRange(prediction is null ? [] : [prediction]);
        }

        return pending;
    }

    private static IModelCatalogGrain Catalog(EngineCluster cluster) => cluster.Grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key);

    private static async Task<string> ChampionOf(EngineCluster cluster) => (await Catalog(cluster).GetAsync()).Champion;

    private static IModelHealthGrain Health(EngineCluster cluster, string model) =>
        cluster.Grains.GetGrain<IModelHealthGrain>(ModelHealthKey.For(TenantId.Default, model).Value);

    private static Task<ModelHealthView> HealthAsync(EngineCluster cluster, string model) => Health(cluster, model).GetAsync().AsTask();
}
