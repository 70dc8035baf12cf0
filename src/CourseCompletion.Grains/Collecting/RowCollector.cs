using System.Collections.Concurrent;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions;
using CourseCompletion.Grains.Courses;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Collecting;

/// <summary>Gathers the rows of the silo's learners for a moment and sends them to their shards together: one call per shard and flush, not one per event.</summary>
/// <remarks>
/// A newer row of a learner replaces an older one that is still here. What is lost here, by a crash or because there is no room, stands in the pending index and is told again.
/// </remarks>
/// <typeparam name="TRow">What is gathered: one row a learner and shard.</typeparam>
internal abstract partial class RowCollector<TRow>(IOptions<CourseOptions> options, TimeProvider time, ILogger log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
    where TRow : class
{
    private const int RowsPerCallMax = 2_000;
    private const int IdleSlotsMax = 10_000;
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RosterKey, Slot> _slots = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _flushLock = new();
    private Task _flushing = Task.CompletedTask;
    private int _rowCount;

    /// <summary>How many rows wait to be sent.</summary>
    public int RowsWaiting => Volatile.Read(ref _rowCount);

    /// <summary>Takes a row to be told soon.</summary>
    /// <param name="shard">Whom to tell.</param>
    /// <param name="row">What.</param>
    /// <param name="trace">The trace that it belongs to; null for none. Of those that are told together, the first goes on.</param>
    public void Offer(RosterKey shard, TRow row, string? trace = null)
    {
        if (Volatile.Read(ref _rowCount) >= options.Value.CollectedRowsMax)
        {
            GrainMetrics.RowsDeferred.Add(1);
            return;
        }

        bool? added;
        do
        {
            added = _slots.GetOrAdd(shard, static _ => new Slot()).Put(row, LearnerOf(row), VersionOf(row), trace);
        }
        while (added is null);

        if (added.Value)
        {
            Interlocked.Increment(ref _rowCount);
        }
    }

    /// <summary>Sends what was gathered until now and returns when its shards have answered; what cannot be sent is kept for the next time.</summary>
    public async Task FlushNowAsync()
    {
        await SentAsync();
        Flush();
        await SentAsync();
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Sends rows to their shard; what cannot be sent is kept for the next time.</summary>
    protected abstract ValueTask ApplyAsync(RosterKey shard, TRow[] rows);

    /// <summary>Whose row it is.</summary>
    protected abstract LearnerId LearnerOf(TRow row);

    /// <summary>Which state of the learner it stems from.</summary>
    protected abstract RowVersion VersionOf(TRow row);

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        GetType().Name,
        ServiceLifecycleStage.Active,
        _ =>
        {
            _flushing = Task.Factory.StartNew(FlushPeriodicallyAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
            return Task.CompletedTask;
        },
        async cancellation =>
        {
            await _stopping.CancelAsync();
            await _flushing.WaitAsync(_stopWithin, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

    private async Task FlushPeriodicallyAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(options.Value.CollectFor, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Flush();
        }

        await SentAsync();
    }

    private Task SentAsync()
    {
        lock (_flushLock)
        {
            return Task.WhenAll(_slots.Values.Select(slot => slot.Sending));
        }
    }

    // Sends everything gathered; what cannot be sent is kept for the next time. A shard that is slow to answer holds up only its own rows.
    private void Flush()
    {
        lock (_flushLock)
        {
            foreach (var (shard, slot) in _slots)
            {
                if (!slot.Sending.IsCompleted)
                {
                    continue;
                }

                if (slot.TakeAll(out var trace) is { } rows)
                {
                    Interlocked.Add(ref _rowCount, -rows.Length);
                    slot.Sending = Task.WhenAll(rows.Chunk(RowsPerCallMax).Select(chunk => SendAsync(shard, chunk, trace)));
                }
                else if (_slots.Count > IdleSlotsMax && slot.TryClose())
                {
                    _slots.TryRemove(shard, out _);
                }
            }
        }
    }

    private async Task SendAsync(RosterKey shard, TRow[] rows, string? trace)
    {
        try
        {
            CallTrace.Send(trace);
            await ApplyAsync(shard, rows);
            GrainMetrics.RowsTold.Add(rows.Length);
        }
        catch (Exception e)
        {
            LogSendFailed(log, shard.Value, rows.Length, e);
            foreach (var row in rows)
            {
                Offer(shard, row, trace);
            }
        }
    }

    [LoggerMessage(2110, LogLevel.Warning, "{Rows} rows could not be sent to shard {Shard}; they are sent again.")]
    private static partial void LogSendFailed(ILogger logger, string shard, int rows, Exception e);

    private sealed class Slot
    {
        private readonly Lock _lock = new();
        private Dictionary<LearnerId, (TRow Row, RowVersion Version)> _rows = [];
        private string? _trace;
        private bool _closed;

        /// <summary>The call under way; set and read under the flush's lock.</summary>
        public Task Sending { get; set; } = Task.CompletedTask;

        /// <summary>Whether the row is one more; null when the slot is closed and the row belongs into a new one.</summary>
        public bool? Put(TRow row, LearnerId learner, RowVersion version, string? trace)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return null;
                }

                if (_rows.TryGetValue(learner, out var known) && known.Version > version)
                {
                    return false;
                }

                var before = _rows.Count;
                _rows[learner] = (row, version);
                _trace ??= trace;
                return _rows.Count > before;
            }
        }

        /// <summary>Closes the slot if nothing is in it.</summary>
        public bool TryClose()
        {
            lock (_lock)
            {
                _closed = _rows.Count == 0;
                return _closed;
            }
        }

        public TRow[]? TakeAll(out string? trace)
        {
            lock (_lock)
            {
                (trace, _trace) = (_trace, null);
                if (_rows.Count == 0)
                {
                    return null;
                }

                TRow[] rows = [.. _rows.Values.Select(row => row.Row)];
                if (_rows.Count > 1_024)
                {
                    _rows = [];
                }
                else
                {
                    _rows.Clear();
                }

                return rows;
            }
        }
    }
}
