using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Redis.Courses;
using CourseCompletion.Storage.Redis.Learners;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads a store on Redis beside the silos that serve it; neither its identity nor a witness is touched.</summary>
internal static class RedisStoreDoctor
{
    public static async Task<StoreVerification> VerifyAsync(
        StorageOptions options, string serviceId, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await ConnectionMultiplexer.ConnectAsync(
                RedisConnections.Parse(options.Redis!, "coursecompletion-doctor", options.RedisCommandTimeout)).WaitAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await VerifyAsync(connection, serviceId, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreCorruptException damage)
        {
            return new StoreVerification(0, [damage.Message]);
        }
        catch (Exception failure) when (RedisFailure.IsOne(failure))
        {
            throw new StoreUnavailableException($"Redis cannot be reached or read: {failure.Message}", failure);
        }
    }

    private static async Task<StoreVerification> VerifyAsync(
        ConnectionMultiplexer connection, string serviceId, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var database = connection.GetDatabase();
        var meta = new RedisStoreMeta(database, serviceId);
        var identity = await meta.ReadAsync().ConfigureAwait(false)
            ?? throw new StoreRefusedException(StoreRefusal.Deleted, $"There is no store of service '{serviceId}' in this Redis.");
        if (identity.Layout != RedisStoreIdentity.CurrentLayout)
        {
            throw new StoreRefusedException(
                StoreRefusal.UnknownVersion, $"The store has layout {identity.Layout}, but this release reads layout {RedisStoreIdentity.CurrentLayout}.");
        }

        var keys = new RedisKeys(serviceId, identity.PartitionCount);
        if (await meta.FindUnmarkedPartitionAsync(identity, keys).ConfigureAwait(false) is { } partition)
        {
            return new StoreVerification(0, [$"Partition {partition} does not carry the mark of the store's incarnation: its keys were removed, or a start is under way."]);
        }

        var fence = new RedisStoreFence();
        var journals = new RedisJournalReader(database, keys, identity.Epoch, fence);
        var rosters = new RedisRosterStore(database, keys, identity.Epoch, fence);
        return await new RedisStoreVerifier(connection, keys, journals, rosters).VerifyAllAsync(progress, cancellationToken).ConfigureAwait(false);
    }
}
