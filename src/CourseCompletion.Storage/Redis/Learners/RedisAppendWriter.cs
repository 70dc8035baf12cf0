using System.Threading.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>
/// Writes the appends of one partition: one script at a time, and whatever arrives while it is under way goes into the next, so that scripts grow with
/// the load and an idle partition answers at once.
/// </summary>
/// <remarks>
/// A failed script is never sent again: it may have been applied, and then the fence would answer 'fenced' to the very writer that won. The callers hear
/// that the outcome is unknown, and read again.
/// </remarks>
internal sealed partial class RedisAppendWriter : IAsyncDisposable
{
    private readonly IDatabase _database;
    private readonly RedisStoreFence _fence;
    private readonly RedisStoreOptions _options;
    private readonly RedisAppendBudget _budget;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RedisAppendBatch _batch;
    private readonly Channel<QueuedAppend> _queue;
    private readonly Task _writing;

    public RedisAppendWriter(
        IDatabase database,
        RedisPartitionKeys keys,
        string epoch,
        RedisStoreFence fence,
        RedisStoreOptions options,
        RedisAppendBudget budget,
        TimeProvider time,
        ILogger logger)
    {
        _database = database;
        _fence = fence;
        _options = options;
        _budget = budget;
        _time = time;
        _logger = logger;
        _batch = new RedisAppendBatch(keys, epoch, options.AppendsPerScriptMax);
        _queue = Channel.CreateBounded<QueuedAppend>(new BoundedChannelOptions(options.QueuedAppendsMax) { SingleReader = true });

        // The loop must not inherit a grain's scheduler from whoever opens the store.
        _writing = Task.Factory.StartNew(WriteAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    /// <summary>How many appends wait for their script.</summary>
    public int WaitingCount => _queue.Reader.Count;

    public ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<AppendOutcome>(cancellationToken);

        var queued = new QueuedAppend(append, _time.GetTimestamp(), cancellationToken);
        _budget.Take(queued.CostBytes);
        return _queue.Writer.TryWrite(queued) ? new(queued.Task) : new(WaitForRoomAsync(queued));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task<AppendOutcome> WaitForRoomAsync(QueuedAppend queued)
    {
        try
        {
            await _queue.Writer.WriteAsync(queued, queued.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            _budget.Return(queued.CostBytes);
            if (exception is ChannelClosedException)
                throw new StoreUnavailableException("The store is closing; nothing was written.", exception);

            throw;
        }

        return await queued.Task.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Collect();
            if (_batch.Count > 0)
                await WriteBatchAsync().ConfigureAwait(false);
        }
    }

    private void Collect()
    {
        while (_queue.Reader.TryPeek(out var next) && _batch.HasRoomFor(next.CostBytes, _options.ScriptBytesMax) && _queue.Reader.TryRead(out next))
        {
            _budget.Return(next.CostBytes);
            if (next.CancellationToken.IsCancellationRequested)
                next.TrySetCanceled(next.CancellationToken);
            else if (_time.GetElapsedTime(next.QueuedAt) > _options.CommandTimeout)
                next.TrySetException(new StoreUnavailableException("Redis is too slow: the append waited for its turn past the time-out and was not sent."));
            else
                _batch.Add(next);
        }
    }

    private async Task WriteBatchAsync()
    {
        var (began, requests, bytes) = (_time.GetTimestamp(), _batch.Count, _batch.JournalBytes);
        try
        {
            using var answer = await _batch.SendAsync(_database, _time.GetUtcNow().ToUnixTimeMilliseconds()).ConfigureAwait(false);
            _fence.Wrote();
            StorageMetrics.Committed(_time.GetElapsedTime(began), bytes, requests);
            _batch.Complete(answer);
        }
        catch (Exception exception)
        {
            // The outermost loop of the partition: whatever went wrong, the callers hear of it and the next script gets its chance.
            LogAppendsFailed(exception, _batch.Count);
            StorageMetrics.CommitsFailed.Add(1);
            _batch.Fail(RedisFailure.OfWrite(exception));
        }
    }
}
