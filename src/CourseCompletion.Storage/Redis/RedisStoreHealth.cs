using System.Globalization;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>How the Redis behind a silo is.</summary>
internal sealed class RedisStoreHealth(IStoreProbe probe, IConnectionMultiplexer connection, RedisStoreOptions options, Func<long> queuedBytes, TimeProvider time) : IStoreHealth
{
    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            await probe.ProbeAsync(cancellationToken).ConfigureAwait(false);
            var answerTime = time.GetElapsedTime(began);
            var weaknesses = await RedisDurability.FindWeaknessesAsync(options, cancellationToken).ConfigureAwait(false);
            var (used, max) = await MemoryAsync(cancellationToken).ConfigureAwait(false);
            return new("redis", null, answerTime, queuedBytes(), used, max, weaknesses);
        }
        catch (Exception failure) when (RedisFailure.IsOne(failure) || failure is OperationCanceledException or StoreUnavailableException)
        {
            var fault = failure is OperationCanceledException ? "Redis did not answer in time." : failure.Message;
            return new("redis", fault, time.GetElapsedTime(began), queuedBytes(), 0, 0, []);
        }
    }

    // Of the fullest primary: the first that is full refuses writes.
    private async Task<(long Used, long Max)> MemoryAsync(CancellationToken cancellationToken)
    {
        var (used, max) = (0L, 0L);
        foreach (var primary in connection.GetServers().Where(server => server.IsConnected && !server.IsReplica))
        {
            var memory = (await primary.InfoAsync("memory").WaitAsync(cancellationToken).ConfigureAwait(false)).SelectMany(group => group).ToDictionary();
            var (ofThis, maxOfThis) = (NumberOf(memory, "used_memory"), NumberOf(memory, "maxmemory"));
            if (used == 0 || ofThis * (double)Math.Max(max, 1) > used * (double)Math.Max(maxOfThis, 1))
            {
                (used, max) = (ofThis, maxOfThis);
            }
        }

        return (used, max);
    }

    private static long NumberOf(Dictionary<string, string> memory, string name) =>
        memory.TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
