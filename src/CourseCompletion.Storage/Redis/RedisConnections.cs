using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>How connections to Redis are set up, whoever makes them.</summary>
internal static class RedisConnections
{
    public static ConfigurationOptions Parse(string connectionString, string clientName, TimeSpan commandTimeout)
    {
        var connection = ConfigurationOptions.Parse(connectionString);
        connection.ClientName ??= clientName;

        // A store that is not there at start-up is an error to show at once; later the client reconnects by itself.
        connection.AbortOnConnectFail = true;
        connection.AsyncTimeout = (int)commandTimeout.TotalMilliseconds;
        connection.SyncTimeout = (int)commandTimeout.TotalMilliseconds;

        // The client notices time-outs on its heartbeat only.
        connection.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        return connection;
    }
}
