namespace CourseCompletion.Domain.Courses;

/// <summary>Another silo has taken a shard over: nothing was written, and whoever tried must serve it no more.</summary>
public sealed class RosterTakenOverException : Exception
{
    /// <summary>Reports a write by a silo that no longer holds the shard.</summary>
    public RosterTakenOverException(string message)
        : base(message)
    {
    }

    /// <summary>Reports a write by a silo that no longer holds the shard, and its cause.</summary>
    public RosterTakenOverException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
