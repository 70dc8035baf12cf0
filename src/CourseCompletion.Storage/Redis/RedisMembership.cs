using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Cluster membership on Redis, for silos and for the gateways that look for them.</summary>
public static class RedisMembership
{
    /// <summary>Makes a silo find the others through Redis.</summary>
    public static ISiloBuilder UseRedisMembership(this ISiloBuilder silo, StorageOptions options)
    {
        var connection = Connection(options);
        return silo.UseRedisClustering(clustering => clustering.ConfigurationOptions = connection);
    }

    /// <summary>Makes a client (a gateway) find the silos through Redis.</summary>
    public static IClientBuilder UseRedisMembership(this IClientBuilder client, StorageOptions options)
    {
        var connection = Connection(options);
        return client.UseRedisClustering(clustering => clustering.ConfigurationOptions = connection);
    }

    private static ConfigurationOptions Connection(StorageOptions options)
    {
        var text = options.RedisClustering ?? options.Redis
            ?? throw new OrleansConfigurationException("Set Storage:RedisClustering or Storage:Redis: silos find each other through it.");
        return RedisConnections.Parse(text, "coursecompletion-membership", options.RedisCommandTimeout);
    }
}
