using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>Moves pages from the write-ahead log into the file beside the writer, and lets the writer finish, so that commits never wait for a long checkpoint.</summary>
/// <remarks>
/// A checkpoint beside a busy writer never reaches the log's end, and only at its end can the log start over; so the last, small part is done by the writer itself
/// between two transactions.
/// </remarks>
internal sealed partial class Checkpointer
{
    // 16 MB of log.
    private const long PagesMax = 4096;

    private readonly string _path;
    private readonly WriteQueue _queue;
    private readonly CommitWriter _writer;
    private readonly ILogger _logger;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _pagesAtLastTry;

    public Checkpointer(string path, WriteQueue queue, CommitWriter writer, ILogger logger)
    {
        _path = path;
        _queue = queue;
        _writer = writer;
        _logger = logger;
        writer.Committed += WakeWhenDue;
    }

    /// <summary>Checkpoints whenever it is due, until cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (await _wake.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
        {
            _ = _wake.Reader.TryRead(out _);
            var pages = _writer.PagesSinceCheckpoint;
            if (pages < PagesMax)
            {
                continue;
            }

            // After an attempt that could not finish (a full disk, a reader in the way), the next one waits until the log has grown as much again.
            Volatile.Write(ref _pagesAtLastTry, pages);
            try
            {
                using var database = SqliteDatabase.OpenCheckpointer(_path);
                database.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
                _queue.AskForCheckpoint();
            }
            catch (SqliteException failure)
            {
                LogCheckpointFailed(failure);
            }
        }
    }

    private void WakeWhenDue()
    {
        var pages = _writer.PagesSinceCheckpoint;
        if (pages < Volatile.Read(ref _pagesAtLastTry))
        {
            Volatile.Write(ref _pagesAtLastTry, 0);
        }

        if (pages >= Volatile.Read(ref _pagesAtLastTry) + PagesMax)
        {
            _wake.Writer.TryWrite(true);
        }
    }
}
