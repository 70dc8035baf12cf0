using System.Threading.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite.Learners;

/// <summary>Moves the journal from memory and log to the learners' rows, in slices, whenever memory is full or its oldest commit is old.</summary>
/// <remarks>
/// For each slice: archive (on disk before anything else), then short transactions that write the learners' rows. When all learners are done, the marks that are still
/// untold are written and the log forgets its commits. A crash in between leaves frames both in rows and in the log, which readers expect, or archives some twice.
/// A learner whose rows are damaged keeps the frames in the log, where they are carried on from retirement to retirement.
/// </remarks>
internal sealed partial class Retirement : IDisposable
{
    private const int MarksPerRequestMax = 1024;
    private const int CarryAttemptsMax = 100;

    // An old log without frames holds acknowledgements and the traces of the last retirement; retiring those for ever would be all that an idle store does.
    private const int AgedBytesMin = 64 * 1024;
    private const int ForgetBytesMax = 4 * 1024 * 1024;

    private readonly JournalWindow _window;
    private readonly WriteQueue _queue;
    private readonly CommitWriter _writer;
    private readonly IJournalArchive _archive;
    private readonly long _incarnation;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _windowBytesMax;
    private readonly TimeSpan _windowAgeMax;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Retirement(
        JournalWindow window,
        WriteQueue queue,
        CommitWriter writer,
        IJournalArchive archive,
        long incarnation,
        TimeProvider time,
        ILogger logger,
        StorageOptions options)
    {
        _window = window;
        _queue = queue;
        _writer = writer;
        _archive = archive;
        _incarnation = incarnation;
        _time = time;
        _logger = logger;
        _windowBytesMax = options.WindowBytesMax;
        _windowAgeMax = options.WindowAgeMax;
        writer.Committed += WakeWhenFull;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Looks whether something is due; called by the store's clock.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Retires whenever it is due, until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await _wake.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
        {
            _ = _wake.Reader.TryRead(out _);
            try
            {
                if (IsDue())
                {
                    await RetireAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Nothing is lost: what was not retired stays in the log.
                LogRetirementFailed(failure);
            }
        }
    }

    /// <summary>Retires everything that is in memory now.</summary>
    public async Task RetireAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<LearnerEntry> dirty;
            long through;
            lock (_window.Gate)
            {
                dirty = _window.TakeDirty();
                through = _writer.LastCommit;
            }

            try
            {
                var damaged = await RetireLearnersAsync(dirty, cancellationToken).ConfigureAwait(false);
                await CarryAsync(damaged).ConfigureAwait(false);
            }
            catch
            {
                lock (_window.Gate)
                {
                    _window.PutBackDirty(dirty);
                }

                throw;
            }

            await WriteMarksAsync(through).ConfigureAwait(false);
            await ForgetLogAsync(through).ConfigureAwait(false);
            _writer.NoRoom = null;
        }
        catch (Exception failure)
        {
            // Until a later attempt succeeds, a full log refuses appends instead of holding them back.
            _writer.NoRoom = failure;
            _queue.LookAgain();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void WakeWhenFull()
    {
        if (_window.Log.Bytes >= _windowBytesMax)
        {
            Wake();
        }
    }

    private bool IsDue()
    {
        lock (_window.Gate)
        {
            var old = (_time.GetUtcNow() - _windowAgeMax).ToUnixTimeMilliseconds();
            return _window.Log.Bytes >= _windowBytesMax
                || (_window.Log.OldestAt <= old && (_window.HasDirty || _window.Log.Bytes >= AgedBytesMin));
        }
    }

    private async Task<List<LearnerEntry>> RetireLearnersAsync(List<LearnerEntry> dirty, CancellationToken cancellationToken)
    {
        // In the order of the key, so that neighbours share pages of the index.
        dirty.Sort(static (one, other) => string.CompareOrdinal(one.Learner.Value, other.Learner.Value));
        var (filling, writing) = (new RetirementSlice(), new RetirementSlice());
        var damaged = new List<LearnerEntry>();
        var written = Task.CompletedTask;
        try
        {
            for (var next = 0; next < dirty.Count;)
            {
                filling.Clear();
                while (next < dirty.Count && !filling.IsFull)
                {
                    filling.Add(dirty[next++], _window);
                }

                // One slice is archived while the one before is written.
                cancellationToken.ThrowIfCancellationRequested();
                await _archive.AppendAsync(filling.Archived, _incarnation, cancellationToken).ConfigureAwait(false);
                await written.ConfigureAwait(false);
                (filling, writing) = (writing, filling);
                written = WriteAsync(writing, damaged);
            }
        }
        finally
        {
            await written.ConfigureAwait(false);
        }

        return damaged;
    }

    private async Task WriteAsync(RetirementSlice slice, List<LearnerEntry> damaged)
    {
        for (var start = 0; start < slice.LearnerCount;)
        {
            var end = slice.PartEnd(start);
            await WriteAsync(slice, start, end, damaged).ConfigureAwait(false);
            start = end;
        }
    }

    // Halves a part that comes upon damage until the learner is found, so that everybody else's frames leave the log.
    private async Task WriteAsync(RetirementSlice slice, int start, int end, List<LearnerEntry> damaged)
    {
        try
        {
            await WriteAsync(new RetireRequest(slice, start, end)).ConfigureAwait(false);
        }
        catch (StoreCorruptException damage) when (end - start == 1)
        {
            LogLearnerNotRetired(slice.EntryAt(start).Learner, damage);
            damaged.Add(slice.EntryAt(start));
        }
        catch (StoreCorruptException)
        {
            var middle = start + ((end - start) / 2);
            await WriteAsync(slice, start, middle, damaged).ConfigureAwait(false);
            await WriteAsync(slice, middle, end, damaged).ConfigureAwait(false);
        }
    }

    private async Task CarryAsync(List<LearnerEntry> damaged)
    {
        foreach (var entry in damaged)
        {
            for (var attempt = 0; !await WriteAsync(CarryRequestFor(entry)).ConfigureAwait(false); attempt++)
            {
                if (attempt == CarryAttemptsMax)
                {
                    throw new StoreUnavailableException($"Learner {entry.Learner} appends too fast for the frames to be carried on.");
                }
            }
        }

        lock (_window.Gate)
        {
            _window.PutBackDirty(damaged);
        }
    }

    private CarryRequest CarryRequestFor(LearnerEntry entry)
    {
        lock (_window.Gate)
        {
            return new CarryRequest(entry);
        }
    }

    private async Task WriteMarksAsync(long through)
    {
        List<PendingNode> stale;
        List<PendingRow> rows;
        lock (_window.Gate)
        {
            (stale, rows) = _window.Marks.TakeUnwritten(through);
        }

        var done = 0;
        try
        {
            for (; done < stale.Count; done += MarksPerRequestMax)
            {
                await WriteAsync(new PendingRowsRequest([.. stale.Skip(done).Take(MarksPerRequestMax)], [])).ConfigureAwait(false);
            }
        }
        catch
        {
            lock (_window.Gate)
            {
                _window.Marks.PutBack(stale[done..]);
            }

            throw;
        }

        for (var written = 0; written < rows.Count; written += MarksPerRequestMax)
        {
            await WriteAsync(new PendingRowsRequest([], [.. rows.Skip(written).Take(MarksPerRequestMax)])).ConfigureAwait(false);
        }
    }

    private async Task ForgetLogAsync(long through)
    {
        while (true)
        {
            long part;
            lock (_window.Gate)
            {
                part = _window.Log.OldestThrough(through, ForgetBytesMax);
            }

            if (part == 0)
            {
                return;
            }

            await WriteAsync(new ForgetLogRequest(part, ForgetBytesMax)).ConfigureAwait(false);
        }
    }

    private Task<bool> WriteAsync(WriteRequest<bool> request)
    {
        _queue.AddOwn(request);
        return request.Completion;
    }
}
