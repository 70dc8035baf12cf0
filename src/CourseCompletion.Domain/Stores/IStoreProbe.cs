namespace CourseCompletion.Domain.Stores;

/// <summary>Whether the store answers.</summary>
public interface IStoreProbe
{
    /// <summary>Reads something small from where everything is kept.</summary>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    /// <exception cref="StoreCorruptException">What it answers is damaged.</exception>
    ValueTask ProbeAsync(CancellationToken cancellationToken);
}
