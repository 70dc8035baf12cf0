namespace CourseCompletion.Domain.Stores;

/// <summary>Which store this is and how often it was restored.</summary>
public interface IStoreIdentity
{
    /// <summary>Made once when the store was created.</summary>
    Guid StoreId { get; }

    /// <summary>Raised by every restore or override, so that whatever was told after the lost point never outranks what is told from now on. Starts at 1.</summary>
    long Incarnation { get; }
}
