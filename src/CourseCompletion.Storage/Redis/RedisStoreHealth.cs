using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Redis;

/// <summary>How the Redis behind a silo is.</summary>
internal sealed class RedisStoreHealth(IStoreProbe probe, RedisStoreOptions options, Func<long> queuedBytes, TimeProvider time) : IStoreHealth
{
    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        string? fault = null;
        try
        {
            await probe.ProbeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            fault = failure is OperationCanceledException ? "Redis did not answer in time." : failure.Message;
        }

        var answerTime = time.GetElapsedTime(began);
        var inspection = fault is null ? await InspectAsync(cancellationToken).ConfigureAwait(false) : null;
        return new("redis", fault, answerTime, queuedBytes(), inspection?.Memory.UsedBytes ?? 0, inspection?.Memory.BytesMax ?? 0, inspection?.Weaknesses ?? []);
    }

    // It needs a connection of its own, which a busy machine may be slow to make: that says nothing of the store.
    private async Task<RedisInspection?> InspectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RedisDurability.InspectAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            return null;
        }
    }

    private static bool IsExpected(Exception failure) => RedisFailure.IsOne(failure) || failure is OperationCanceledException or StoreUnavailableException;
}
