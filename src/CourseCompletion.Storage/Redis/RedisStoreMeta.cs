using System.Globalization;
using System.Security.Cryptography;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads and writes the store's identity: the meta hash, and the mark of the incarnation in each partition.</summary>
internal sealed class RedisStoreMeta(IDatabase database, string serviceId)
{
    // KEYS: meta. ARGV: store id, incarnation, created at, partitions, layout. The first silo to arrive decides; the others read what it decided.
    private const string CreateScript = """
        #!lua
        if redis.call('EXISTS', KEYS[1]) == 0 then
          redis.call('HSET', KEYS[1], 'store_id', ARGV[1], 'incarnation', ARGV[2], 'created_ms', ARGV[3], 'partitions', ARGV[4], 'layout', ARGV[5], 'commit', '0')
        end
        return 1
        """;

    // KEYS: meta. ARGV: store id, incarnation. Two silos that are started with the same override raise it once.
    private const string RaiseScript = """
        #!lua
        local meta = redis.call('HMGET', KEYS[1], 'store_id', 'incarnation')
        if meta[1] ~= ARGV[1] then return redis.error_reply('the store was exchanged while it was opened') end
        if tonumber(meta[2]) < tonumber(ARGV[2]) then
          redis.call('HSET', KEYS[1], 'incarnation', ARGV[2])
          redis.call('HDEL', KEYS[1], 'ready')
        end
        return 1
        """;

    // KEYS: heads. ARGV: epoch, incarnation. An older silo must not take back what a newer one marked.
    private const string MarkPartitionScript = """
        #!lua
        local mark = redis.call('HGET', KEYS[1], '')
        local marked = mark and tonumber(string.match(mark, '%d+$')) or 0
        if marked < tonumber(ARGV[2]) or string.sub(mark, 1, 32) ~= string.sub(ARGV[1], 1, 32) then redis.call('HSET', KEYS[1], '', ARGV[1]) end
        return 1
        """;

    // KEYS: meta. ARGV: store id, incarnation, by how much. Answers the commit before it is raised, which is what tells an older copy, or -1 when this is not the
    // store that was opened.
    private const string TickScript = """
        #!lua
        local meta = redis.call('HMGET', KEYS[1], 'store_id', 'incarnation', 'commit')
        if meta[1] ~= ARGV[1] or meta[2] ~= ARGV[2] then return -1 end
        if ARGV[3] ~= '0' then redis.call('HINCRBY', KEYS[1], 'commit', ARGV[3]) end
        return tonumber(meta[3])
        """;

    private static readonly RedisValue[] _fields = ["store_id", "incarnation", "partitions", "layout", "commit", "ready"];

    private readonly RedisKey _key = RedisKeys.Meta(serviceId);

    /// <summary>Reads the identity; null when there is no store.</summary>
    /// <exception cref="StoreCorruptException">The identity cannot be read.</exception>
    public async Task<RedisStoreIdentity?> ReadAsync()
    {
        RedisValue[] values;
        try
        {
            values = await database.HashGetAsync(_key, _fields, CommandFlags.DemandMaster).ConfigureAwait(false);
        }
        catch (RedisServerException failure) when (RedisFailure.IsDamage(failure))
        {
            throw new StoreCorruptException($"The identity of the store, '{_key}', is a key of another kind.", failure);
        }

        if (values[0].IsNull)
        {
            return null;
        }

        return Guid.TryParseExact(values[0], "N", out var storeId)
            && values[1].TryParse(out long incarnation) && values[2].TryParse(out int partitions) && values[3].TryParse(out int layout)
            && values[4].TryParse(out long commit) && incarnation > 0 && partitions > 0
            ? new RedisStoreIdentity(storeId, incarnation, partitions, layout, commit, !values[5].IsNull)
            : throw new StoreCorruptException($"The identity of the store under '{_key}' cannot be read.");
    }

    /// <summary>Creates the store unless another silo just did, and reads what holds.</summary>
    public async Task<RedisStoreIdentity> CreateAsync(long incarnation, int partitionCount, TimeProvider time)
    {
        var storeId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString("N", CultureInfo.InvariantCulture);
        var createdMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        await RunAsync(CreateScript, _key, [storeId, incarnation, createdMs, partitionCount, RedisStoreIdentity.CurrentLayout]).ConfigureAwait(false);
        return await RequireAsync().ConfigureAwait(false);
    }

    /// <summary>Brings the store to an incarnation, as after a restore; silos that still run in an older one can no longer write.</summary>
    public async Task<RedisStoreIdentity> RaiseAsync(RedisStoreIdentity identity, long incarnation)
    {
        await RunAsync(RaiseScript, _key, [identity.StoreId.ToString("N", CultureInfo.InvariantCulture), incarnation]).ConfigureAwait(false);
        return await RequireAsync().ConfigureAwait(false);
    }

    /// <summary>Puts the incarnation's mark into every partition; done again when the silo that began it did not finish.</summary>
    public async Task<RedisStoreIdentity> MarkPartitionsAsync(RedisStoreIdentity identity, RedisKeys keys)
    {
        for (var partition = 0; partition < keys.PartitionCount; partition++)
        {
            await RunAsync(MarkPartitionScript, keys.Partition(partition).Heads, [identity.Epoch, identity.Incarnation]).ConfigureAwait(false);
        }

        await database.HashSetAsync(_key, "ready", "1", flags: CommandFlags.DemandMaster).ConfigureAwait(false);
        return identity with { Ready = true };
    }

    /// <summary>Whether a partition carries any store's mark.</summary>
    public async Task<bool> AnyPartitionIsMarkedAsync(RedisKeys keys)
    {
        for (var partition = 0; partition < keys.PartitionCount; partition++)
        {
            if (await database.HashExistsAsync(keys.Partition(partition).Heads, "", CommandFlags.DemandMaster).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first partition that does not carry the incarnation's mark; null when all do.</summary>
    public async Task<int?> FindUnmarkedPartitionAsync(RedisStoreIdentity identity, RedisKeys keys)
    {
        for (var partition = 0; partition < keys.PartitionCount; partition++)
        {
            var mark = await database.HashGetAsync(keys.Partition(partition).Heads, "", CommandFlags.DemandMaster).ConfigureAwait(false);
            if (mark != identity.Epoch)
            {
                return partition;
            }
        }

        return null;
    }

    /// <summary>Raises the commit if something was written; answers it as it was before and is now, or null when this is no longer the store that was opened.</summary>
    public async Task<(long Before, long Now)?> TickAsync(RedisStoreIdentity identity, bool written)
    {
        var raise = written ? 1 : 0;
        var before = await RunAsync(
            TickScript,
            _key,
            [identity.StoreId.ToString("N", CultureInfo.InvariantCulture), identity.Incarnation, raise]).ConfigureAwait(false);
        return before < 0 ? null : (before, before + raise);
    }

    private async Task<RedisStoreIdentity> RequireAsync() =>
        await ReadAsync().ConfigureAwait(false) ?? throw new StoreUnavailableException($"The store under '{_key}' vanished while it was opened.");

    private async Task<long> RunAsync(string script, RedisKey key, RedisValue[] values) =>
        (long)await database.ScriptEvaluateAsync(script, [key], values, CommandFlags.DemandMaster).ConfigureAwait(false);
}
