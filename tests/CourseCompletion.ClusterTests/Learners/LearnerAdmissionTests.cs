using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

/// <summary>Whoever invents learners fills neither memory nor store.</summary>
public sealed class LearnerAdmissionTests
{
    [Fact]
    public async Task Get_LearnerNobodyKnows_KeepsAndWritesNothing()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var learner = cluster.Learner(cluster.NewLearner());

        Assert.Null((await learner.GetProfileAsync(null)).Value);
        await cluster.EventuallyAsync("the learner to be gone from memory", () => cluster.SiloOf(learner) is null);
        await learner.GetPreferencesAsync();
        await cluster.EventuallyAsync("the learner to be gone from memory", () => cluster.SiloOf(learner) is null);
        Assert.Equal(0, (await cluster.Store.Journal.ReadTailAsync(LearnerKey.Parse(learner.GetPrimaryKeyString()), 0, CancellationToken.None)).HeadSequence);
    }

    [Fact]
    public async Task Get_LearnerNobodyKnowsByManyAtOnce_IsAlwaysAnswered()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var learner = cluster.Learner(cluster.NewLearner());

        // An activation that leaves hands its calls on, which Orleans does twice for a call and no more.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            for (var read = 0; read < 500; read++)
            {
                Assert.Null((await learner.GetProfileAsync(null)).Value);
            }
        }));
    }

    [Fact]
    public async Task Get_LearnerKnown_StaysInMemory()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var producer = await ProducerAsync(cluster);
        await producer.SendAsync(producer.Make(EventKind.Liked));

        await producer.ProfileAsync();

        Assert.NotNull(cluster.SiloOf(producer.Grain));
    }

    [Fact]
    public async Task Record_MoreNewLearnersThanTheQuota_AreToldToComeAgainAndKnownOnesAreNot()
    {
        await using var cluster = await EngineCluster.StartAsync(null, ("Learners:NewLearnersPerMinuteMax", "5"));
        var producers = new List<Producer>();
        for (var i = 0; i < 40; i++)
        {
            producers.Add(await ProducerAsync(cluster));
        }

        var answers = await Task.WhenAll(producers.Select(async producer => (producer, Fate: Assert.Single(await producer.SendAsync(producer.Make(EventKind.Liked))))));

        // Two silos have a quota each.
        Assert.InRange(answers.Count(answer => answer.Fate == EventStatus.Accepted), 5, 10);
        Assert.All(answers.Where(answer => answer.Fate != EventStatus.Accepted), answer => Assert.Equal(EventStatus.Retry, answer.Fate));
        var known = answers.First(answer => answer.Fate == EventStatus.Accepted).producer;
        Assert.Equal([EventStatus.Accepted], await known.SendAsync(known.Make(EventKind.Liked)));

        var refused = answers.First(answer => answer.Fate == EventStatus.Retry).producer;
        var busy = await Assert.ThrowsAsync<LearnerBusyException>(() => refused.Grain.SetPreferencesAsync(LearnerPreferences.None).AsTask());
        Assert.Contains("new learners", busy.Message, StringComparison.Ordinal);

        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([EventStatus.Accepted], await refused.SendUntilStoredAsync(refused.Make(EventKind.Liked)));
    }

    private static async Task<Producer> ProducerAsync(EngineCluster cluster) =>
        new(cluster, cluster.NewLearner(), (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course);
}
