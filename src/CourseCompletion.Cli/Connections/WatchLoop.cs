using Grpc.Core;

namespace CourseCompletion.Cli.Connections;

/// <summary>Reads a server stream until it is cancelled, and opens it again when the server goes away.</summary>
internal static class WatchLoop
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    /// <summary>Reads; <paramref name="open"/> is called anew after each break, and should resume where <paramref name="take"/> left off.</summary>
    /// <returns>When it is cancelled.</returns>
    public static async Task RunAsync<T>(
        Func<CancellationToken, AsyncServerStreamingCall<T>> open, Action<T> take, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var call = open(cancellationToken);
                await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    take(message);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
            {
                // The server went away, or this reader was too slow: begin again with the newest state.
            }

            await Task.Delay(_again, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
