using System.Net;
using Grpc.Net.Client;

namespace CourseCompletion.Client;

/// <summary>Opens channels that suit long-lived event streams.</summary>
public static class EngagementChannel
{
    private const int MessageBytesMax = 16 * 1024 * 1024;

    /// <summary>Opens a channel; it connects with the first call.</summary>
    /// <param name="address">The server's gRPC address; `http` means cleartext HTTP/2.</param>
    /// <remarks>A dead connection is noticed by pings within 30 s, and a server that comes back is found within 2 s.</remarks>
    public static GrpcChannel Open(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                AutomaticDecompression = DecompressionMethods.None,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                UseProxy = !address.IsLoopback,
            },
            DisposeHttpClient = true,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(2),
            MaxReceiveMessageSize = MessageBytesMax,
            MaxSendMessageSize = MessageBytesMax,
        });
    }
}
