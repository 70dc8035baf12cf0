using CourseCompletion.Grains.Abstractions.Completion;

namespace CourseCompletion.Gateway.Completion;

/// <summary>Finds the grain that keeps the catalogue of models.</summary>
public interface IModelDirectory
{
    /// <summary>The catalogue's grain.</summary>
    IModelCatalogGrain Find();
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterModelDirectory(IGrainFactory grains) : IModelDirectory
{
    public IModelCatalogGrain Find() => grains.GetGrain<IModelCatalogGrain>(IModelCatalogGrain.Key);
}
