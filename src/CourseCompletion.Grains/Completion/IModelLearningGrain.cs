using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Completion;

/// <summary>The side of a model's health that learns.</summary>
/// <remarks>Key: <see cref="ModelHealthKey"/>. Called by roster shards, which wait for it beside their current.</remarks>
[Alias("cc.IModelLearningGrain")]
[Version(1)]
internal interface IModelLearningGrain : IGrainWithStringKey
{
    /// <summary>Takes matured labels of one roster shard, in ascending order of their places, and returns when what was learned is durable. Safe to repeat.</summary>
    [Alias("TakeAsync")]
    Task TakeAsync(string course, int shard, [Immutable] MaturedLabel[] labels);

    /// <summary>Takes proxy labels in the same way. What was learned from them is stored within a minute: a crash before loses those that came last.</summary>
    [Alias("TakeProxiesAsync")]
    Task TakeProxiesAsync(string course, int shard, [Immutable] ProxyLabel[] proxies);
}
