using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Cluster;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Cluster;

public sealed class ClusterGrainTests
{
    [Fact]
    public async Task Get_TwoSilos_BothReport()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        foreach (var learner in cluster.NewLearners(20))
        {
            var producer = new Producer(cluster, learner, course);
            Assert.Equal([EventStatus.Accepted], await producer.SendAsync(producer.Make(EventKind.Liked)));
        }

        var report = await cluster.EventuallyAsync("a sweep of each shard", () => Grain(cluster).GetAsync().AsTask(), report => report.SweepAgeMs >= 0);

        Assert.Equal(2, report.Silos.Length);
        Assert.All(report.Silos, silo =>
        {
            Assert.Equal("Active", silo.Status);
            Assert.NotNull(silo.Report);
            Assert.Equal("memory", silo.Report.Store.Kind);
            Assert.True(silo.Report.Activations > 0);
            Assert.True(silo.Report.MemoryBytes > 0);
        });
        Assert.Equal(20, Assert.Single(report.Grains, count => count.Kind == "LearnerGrain").Activations);
        Assert.Equal(0, report.DeadLetters);
        Assert.DoesNotContain(report.Findings, finding => finding.Severity == FindingSeverity.Fault);
    }

    [Fact]
    public async Task Get_KilledSilo_IsDeadUntilPurged()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var killed = cluster.Silos[1].SiloAddress.ToParsableString();
        await cluster.KillAsync(cluster.Silos[1]);

        await cluster.EventuallyAsync("the silo to be put out", () => Grain(cluster).GetAsync().AsTask(), report => report.Silos.Any(silo => silo.Address == killed && silo.Status == "Dead"));

        Assert.Equal(0, await Grain(cluster).PurgeAsync(TimeSpan.FromDays(1)));
        Assert.Equal(1, await Grain(cluster).PurgeAsync(TimeSpan.Zero));
        Assert.DoesNotContain((await Grain(cluster).GetAsync()).Silos, silo => silo.Address == killed);
    }

    [Fact]
    public async Task Drain_NobodyOrTheLast_IsRefused()
    {
        await using var cluster = await EngineCluster.StartAsync();
        Assert.Equal(DrainOutcome.Unknown, await Grain(cluster).DrainAsync("127.0.0.1:1@1"));

        await cluster.StopAsync(cluster.Silos[1]);
        Assert.Equal(DrainOutcome.Last, await Grain(cluster).DrainAsync(cluster.Silos[0].SiloAddress.ToParsableString()));
    }

    private static IClusterGrain Grain(EngineCluster cluster) => cluster.Grains.GetGrain<IClusterGrain>(0);
}
