namespace CourseCompletion.Domain.Stores;

/// <summary>Stored bytes fail their checksum or contradict each other; serving them would be guessing.</summary>
public sealed class StoreCorruptException : Exception
{
    /// <summary>Reports damaged stored bytes.</summary>
    public StoreCorruptException(string message)
        : base(message)
    {
    }

    /// <summary>Reports damaged stored bytes and the cause.</summary>
    public StoreCorruptException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
