namespace CourseCompletion.Storage;

/// <summary>The embedded store is not what it should be, so the process must not start on it; the message says what was found and what to do.</summary>
public sealed class StoreRefusedException : Exception
{
    /// <summary>Refuses a store.</summary>
    public StoreRefusedException(StoreRefusal reason, string message, Exception? inner = null)
        : base(message, inner) => Reason = reason;

    /// <summary>What was found.</summary>
    public StoreRefusal Reason { get; }
}

/// <summary>Why a store was refused.</summary>
public enum StoreRefusal
{
    /// <summary>Another process has the data directory open.</summary>
    InUse,

    /// <summary>The witness file is there, the store is not.</summary>
    Deleted,

    /// <summary>The store is there, its witness file is not.</summary>
    WitnessMissing,

    /// <summary>The witness file belongs to another store.</summary>
    Foreign,

    /// <summary>The store lacks commits that its witness file has seen: an old copy, or one whose newest part is missing.</summary>
    Older,

    /// <summary>The store's file or its log is damaged.</summary>
    Damaged,

    /// <summary>The store was written by a release whose layout this one does not know.</summary>
    UnknownVersion,
}
