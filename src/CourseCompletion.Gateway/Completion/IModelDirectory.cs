using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Grains.Abstractions.Completion;

namespace CourseCompletion.Gateway.Completion;

/// <summary>Finds the grains that keep models.</summary>
public interface IModelDirectory
{
    /// <summary>The catalogue's grain.</summary>
    IModelCatalogGrain Find();

    /// <summary>The grain of a model's health.</summary>
    IModelHealthGrain FindHealth(ModelHealthKey key);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterModelDirectory(IGrainFactory grains) : IModelDirectory
{
    public IModelCatalogGrain Find() => grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key);

    public IModelHealthGrain FindHealth(ModelHealthKey key) => grains.GetGrain<IModelHealthGrain>(key.Value);
}
