using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Testing.Stores;

/// <summary>The identity of a store that ends with its run.</summary>
internal sealed class MemoryStoreIdentity : IStoreIdentity
{
    public Guid StoreId { get; } = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    public long Incarnation => 1;
}
