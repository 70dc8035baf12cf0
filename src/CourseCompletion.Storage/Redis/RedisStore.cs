using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Redis.Courses;
using CourseCompletion.Storage.Redis.Learners;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>The store on Redis: one connection, and the ports that stand on it.</summary>
/// <remarks>Opened once, before the silo serves: connecting inside an activation would block the silo.</remarks>
internal sealed partial class RedisStore : IStoreProbe, IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisLearnerJournal _journal;
    private readonly RedisWitnessKeeper _witness;
    private readonly RedisStoreFence _fence = new();

    private RedisStore(
        ConnectionMultiplexer connection,
        RedisStoreMeta meta,
        RedisStoreIdentity identity,
        WitnessFile witness,
        RedisStoreOptions options,
        IJournalArchive archive,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        var database = connection.GetDatabase();
        var keys = new RedisKeys(options.ServiceId, identity.PartitionCount);
        _connection = connection;
        _witness = new RedisWitnessKeeper(meta, identity, _fence, witness, time, loggers.CreateLogger<RedisWitnessKeeper>());
        _journal = new RedisLearnerJournal(database, keys, identity, _fence, archive, options, time, loggers);
        Identity = identity;
        Pending = new RedisPendingIndex(database, keys, identity.Epoch, _fence, time, loggers.CreateLogger<RedisPendingIndex>());
        Rosters = new RedisRosterStore(database, keys, identity.Epoch, _fence);
        Verifier = new RedisStoreVerifier(connection, keys, _journal.Reader, Rosters);
        Health = new RedisStoreHealth(this, options, () => _journal.QueuedBytes, time);
        Archive = archive;
    }

    public ILearnerJournal Journal => _journal;

    public IPendingIndex Pending { get; }

    public IRosterStore Rosters { get; }

    public IStoreIdentity Identity { get; }

    public IStoreVerifier Verifier { get; }

    public IStoreHealth Health { get; }

    public IJournalArchive Archive { get; }

    /// <summary>Connects, makes sure that this Redis keeps what it acknowledges, and reads or creates the store's identity.</summary>
    /// <exception cref="StoreRefusedException">The store is not the one that this silo's witness knows.</exception>
    /// <exception cref="WeakDurabilityException">Redis can lose acknowledged writes, and that is not allowed.</exception>
    /// <exception cref="StoreUnavailableException">Redis cannot be reached.</exception>
    public static async Task<RedisStore> OpenAsync(
        RedisStoreOptions options, IJournalArchive archive, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<RedisStore>();
        ConnectionMultiplexer? connection = null;
        try
        {
            await RequireDurabilityAsync(options, logger, cancellationToken).ConfigureAwait(false);
            connection = await ConnectionMultiplexer.ConnectAsync(options.Connection("coursecompletion-journal"))
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            var meta = new RedisStoreMeta(connection.GetDatabase(), options.ServiceId);
            var witness = OpenWitness(options.WitnessDirectory);
            var identity = await new RedisStoreOpening(meta, options, time).OpenAsync(witness.Read()).ConfigureAwait(false);
            LogOpened(logger, identity.StoreId, identity.Incarnation, identity.PartitionCount);
            return new RedisStore(connection, meta, identity, witness, options, archive, time, loggers);
        }
        catch (Exception exception)
        {
            if (connection is not null)
                await connection.DisposeAsync().ConfigureAwait(false);

            if (Explained(exception, options) is { } explained)
                throw explained;

            throw;
        }
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        _fence.Require();
        try
        {
            await _connection.GetDatabase().PingAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead("The store", exception);
        }
    }

    /// <summary>Finishes what was queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync().ConfigureAwait(false);
        await _witness.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task RequireDurabilityAsync(RedisStoreOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var weaknesses = await RedisDurability.FindWeaknessesAsync(options, cancellationToken).ConfigureAwait(false);
        if (weaknesses.Count == 0)
            return;

        if (!options.AllowWeakDurability)
            throw new WeakDurabilityException(weaknesses);

        foreach (var weakness in weaknesses)
            LogWeakness(logger, weakness);
    }

    private static WitnessFile OpenWitness(string directory)
    {
        Directory.CreateDirectory(directory);
        return new WitnessFile(directory);
    }

    private static Exception? Explained(Exception failure, RedisStoreOptions options) => failure switch
    {
        StoreCorruptException => new StoreRefusedException(
            StoreRefusal.Damaged, failure.Message + " Put it back from a backup; without it nobody knows how learners were placed.", failure),
        IOException or UnauthorizedAccessException => new StoreUnavailableException(
            $"The witness directory {options.WitnessDirectory} (below Storage:DataDirectory) cannot be used: {failure.Message}", failure),
        _ => RedisFailure.IsOne(failure) ? new StoreUnavailableException($"Redis cannot be reached or used: {failure.Message}", failure) : null,
    };
}
