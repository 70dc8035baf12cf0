namespace CourseCompletion.Client;

/// <summary>The server refused the event stream for good, so that sending again cannot help.</summary>
/// <remarks>
/// Causes are a server that is no CourseCompletion server, missing rights, and RESOURCE_EXHAUSTED without RetryInfo. The inner
/// exception is the `RpcException`. Make a new client once the cause is gone.
/// </remarks>
public sealed class EngagementStreamException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server said.</param>
    /// <param name="innerException">The gRPC failure.</param>
    public EngagementStreamException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What the server said.</param>
    public EngagementStreamException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    public EngagementStreamException()
    {
    }
}
