using Google.Rpc;
using Grpc.Core;

namespace CourseCompletion.Client.Streams;

/// <summary>What the end of a stream means: whether to try again, and how soon.</summary>
internal readonly record struct StreamFailure(StatusCode Status, string Detail, bool IsFinal, TimeSpan? RetryDelay)
{
    /// <summary>Judges the end of a stream; null stands for one that the server ended with OK.</summary>
    public static StreamFailure From(Exception? error) => error switch
    {
        null => new(StatusCode.OK, "The server ended the stream.", false, null),
        RpcException rpc => From(rpc),
        _ => new(StatusCode.Unavailable, error.Message, false, null),
    };

    private static StreamFailure From(RpcException error)
    {
        if (error.StatusCode == StatusCode.Internal && IsConnectionLost(error.Status.DebugException))
        {
            return new(StatusCode.Unavailable, error.Status.Detail, false, null);
        }

        var delay = error.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan();
        var isFinal = error.StatusCode switch
        {
            StatusCode.ResourceExhausted => delay is null,
            StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.Unimplemented or StatusCode.InvalidArgument
                or StatusCode.FailedPrecondition or StatusCode.NotFound or StatusCode.OutOfRange or StatusCode.AlreadyExists => true,
            _ => false,
        };
        return new(error.StatusCode, error.Status.Detail, isFinal, delay);
    }

    // A server that goes away closes its connections a while after the ends of its streams; to who had not read those by then the library says INTERNAL.
    private static bool IsConnectionLost(Exception? error)
    {
        while (error is not null and not IOException)
        {
            error = error.InnerException;
        }

        return error is not null;
    }
}
