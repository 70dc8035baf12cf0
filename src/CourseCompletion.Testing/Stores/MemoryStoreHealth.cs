using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Testing.Stores;

/// <summary>A store in memory is always well.</summary>
internal sealed class MemoryStoreHealth : IStoreHealth
{
    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(new StoreHealth("memory", null, TimeSpan.Zero, 0, 0, 0, []));
}
