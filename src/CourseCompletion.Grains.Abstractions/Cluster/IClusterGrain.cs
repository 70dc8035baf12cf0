using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Cluster;

/// <summary>The cluster as operators see it.</summary>
/// <remarks>Key: 0. Called by the gateway and by tools of operators. A silo that does not answer is reported as such and holds nobody up.</remarks>
[Alias("cc.IClusterGrain")]
[Version(1)]
public interface IClusterGrain : IGrainWithIntegerKey
{
    /// <summary>Asks every silo how it is, and says what an operator should look at.</summary>
    [Alias("GetAsync")]
    ValueTask<ClusterReport> GetAsync();

    /// <summary>Asks a silo to hand over what it keeps and to end, as SIGTERM does. Returns before it has ended: it is gone from <see cref="GetAsync"/> then.</summary>
    /// <param name="silo">Its address or its name, as <see cref="GetAsync"/> tells them.</param>
    [Alias("DrainAsync")]
    ValueTask<DrainOutcome> DrainAsync(string silo);

    /// <summary>Forgets silos that have been dead for some time. They do no harm; a long list of them is slow to read.</summary>
    /// <param name="deadFor">From zero to a year; what lies outside is moved to the nearer end.</param>
    /// <returns>How many are gone.</returns>
    [Alias("PurgeAsync")]
    ValueTask<int> PurgeAsync(TimeSpan deadFor);
}
