using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Redis;

/// <summary>
/// Each second, compares the store with the one that was opened and brings its commit to the witness file, so that a store which was emptied or replaced by
/// an older copy is noticed: while the silo runs, and at its next start.
/// </summary>
internal sealed partial class RedisWitnessKeeper : IAsyncDisposable
{
    private readonly RedisStoreMeta _meta;
    private readonly RedisStoreIdentity _identity;
    private readonly RedisStoreFence _fence;
    private readonly WitnessFile _file;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _keeping;
    private long _commit;

    public RedisWitnessKeeper(
        RedisStoreMeta meta, RedisStoreIdentity identity, RedisStoreFence fence, WitnessFile file, TimeProvider time, ILogger<RedisWitnessKeeper> logger)
    {
        _meta = meta;
        _identity = identity;
        _fence = fence;
        _file = file;
        _logger = logger;
        _commit = identity.Commit;
        _file.Write(new StoreWitness(identity.StoreId, identity.Incarnation, identity.Commit, StoppedCleanly: false));
        _timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        _keeping = Task.Factory.StartNew(KeepAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _keeping.ConfigureAwait(false);
        await TickAsync(stopping: true).ConfigureAwait(false);
    }

    private async Task KeepAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            await TickAsync(stopping: false).ConfigureAwait(false);
        }
    }

    private async Task TickAsync(bool stopping)
    {
        if (_fence.Lost)
        {
            return;
        }

        var written = _fence.TakeWritten();
        try
        {
            if (await _meta.TickAsync(_identity, written).ConfigureAwait(false) is not { } commit || commit.Before < _commit)
            {
                _fence.Lose();
                LogExchanged(_identity.StoreId, _identity.Incarnation, _commit);
                return;
            }

            _commit = commit.Now;
            _file.Write(new StoreWitness(_identity.StoreId, _identity.Incarnation, _commit, stopping));
        }
        catch (Exception exception)
        {
            // The outermost loop: without Redis or the disk the witness waits, and says less until they are back. Whether the tick was counted is not known, so what
            // was written is counted again.
            if (written)
            {
                _fence.Wrote();
            }

            LogWitnessFailed(exception);
        }
    }
}
