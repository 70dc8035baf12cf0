using CourseCompletion.Storage.Redis.Learners;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>A store on Redis, connected to only to be read beside the silos that serve it; neither its identity nor a witness is touched.</summary>
internal sealed class RedisStoreView : IAsyncDisposable
{
    private RedisStoreView(ConnectionMultiplexer connection, RedisStoreIdentity identity, string serviceId)
    {
        Connection = connection;
        Identity = identity;
        Keys = new(serviceId, identity.PartitionCount);
        Meta = new(connection.GetDatabase(), serviceId);
        Journals = new(connection.GetDatabase(), Keys, identity.Epoch, Fence);
    }

    public ConnectionMultiplexer Connection { get; }

    public RedisStoreIdentity Identity { get; }

    public RedisKeys Keys { get; }

    public RedisStoreMeta Meta { get; }

    public RedisStoreFence Fence { get; } = new();

    public RedisJournalReader Journals { get; }

    /// <summary>Connects and reads the store's identity.</summary>
    /// <param name="options">Where Redis is.</param>
    /// <param name="serviceId">The service whose store it is.</param>
    /// <param name="client">How the connection calls itself.</param>
    /// <param name="cancellationToken">Gives the connecting up.</param>
    /// <exception cref="StoreRefusedException">There is no such store, or this release does not know its layout.</exception>
    public static async Task<RedisStoreView> OpenAsync(StorageOptions options, string serviceId, string client, CancellationToken cancellationToken)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnections.Parse(options.Redis!, client, options.RedisCommandTimeout))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var identity = await new RedisStoreMeta(connection.GetDatabase(), serviceId).ReadAsync().ConfigureAwait(false)
                ?? throw new StoreRefusedException(StoreRefusal.Deleted, $"There is no store of service '{serviceId}' in this Redis.");
            return identity.Layout == RedisStoreIdentity.CurrentLayout
                ? new RedisStoreView(connection, identity, serviceId)
                : throw new StoreRefusedException(
                    StoreRefusal.UnknownVersion, $"The store has layout {identity.Layout}, but this release reads layout {RedisStoreIdentity.CurrentLayout}.");
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
