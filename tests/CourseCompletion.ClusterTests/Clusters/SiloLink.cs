using CourseCompletion.Domain.Stores;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>A silo's connection to the store and to the other silos. Cutting it makes a stopped silo as mute as a killed process.</summary>
internal sealed class SiloLink
{
    private volatile bool _isCut;

    public void Cut() => _isCut = true;

    public void Check()
    {
        if (_isCut)
        {
            throw new StoreUnavailableException("This silo was killed.");
        }
    }
}
