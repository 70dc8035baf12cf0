using Grpc.Core;

namespace CourseCompletion.Gateway;

/// <summary>Waits for grains on behalf of a caller.</summary>
internal static class GrainAnswers
{
    /// <summary>The grain's answer, unless the caller gives up first.</summary>
    public static Task<T> ForAsync<T>(this ValueTask<T> answer, ServerCallContext context) => answer.AsTask().WaitAsync(context.CancellationToken);
}
