using Grpc.Core;

namespace CourseCompletion.Gateway;

/// <summary>Writes to watchers, who may be slow to read.</summary>
internal static class WatchWriting
{
    /// <summary>Writes a message, and waits for it no longer than until the stream has to end.</summary>
    /// <remarks>A write that is itself cancelled cancels the whole call, and the client would not hear why its stream ended.</remarks>
    public static async Task WriteUntilAsync<T>(this IServerStreamWriter<T> responses, T message, CancellationToken end)
    {
        var writing = responses.WriteAsync(message, CancellationToken.None);
        try
        {
            await writing.WaitAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!writing.IsCompleted)
        {
            // It ends with the call; that it failed then is no news.
            _ = writing.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }
}
