using Xunit;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>One cluster for all tests of a class; each test uses learners and courses of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    internal EngineCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await EngineCluster.StartAsync();

    public Task DisposeAsync() => Cluster.DisposeAsync().AsTask();
}
