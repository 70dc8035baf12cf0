namespace CourseCompletion.Domain.Stores;

/// <summary>The store could not say that a write is durable, or could not be read: full disk, lost connection, time-out.</summary>
/// <remarks>It is no proof that nothing was applied. Whoever holds state that depends on the write re-reads before serving again.</remarks>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Reports a failed store operation.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Reports a failed store operation and its cause.</summary>
    public StoreUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
