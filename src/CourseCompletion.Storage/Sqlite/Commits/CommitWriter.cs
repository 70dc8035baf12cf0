using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Learners;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>The one thread that writes: it drains what waits into one transaction, commits, makes the result visible, and tells the callers.</summary>
internal sealed partial class CommitWriter
{
    private const string InsertLogSql = "INSERT INTO log(commit_no, body) VALUES(?1, ?2)";

    // Readers finish within milliseconds; a checkpoint that still finds one is finished next time.
    private const int CheckpointWaitMilliseconds = 100;
    private const int WriteWaitMilliseconds = 2000;

    private readonly string _path;
    private readonly WriteQueue _queue;
    private readonly JournalWindow _window;
    private readonly LogBuffer _log;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _logBytesMax;
    private readonly CommitTransaction _transaction;
    private readonly List<WriteRequest> _batch = [];
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteDatabase? _database;
    private long _lastCommit;
    private long _pagesSinceCheckpoint;

    /// <summary>Makes the writer; it takes the connection over and closes it in the end.</summary>
    public CommitWriter(
        SqliteDatabase database, string path, long lastCommit, long logBytesMax, WriteQueue queue, JournalWindow window, LogBuffer log, TimeProvider time, ILogger logger)
    {
        _database = database;
        _path = path;
        _lastCommit = lastCommit;
        _logBytesMax = logBytesMax;
        _queue = queue;
        _window = window;
        _log = log;
        _time = time;
        _logger = logger;
        _transaction = new CommitTransaction(window, log);
        _thread = new Thread(Run) { IsBackground = true, Name = "Store writer" };
    }

    /// <summary>Raised on the writer thread after each commit.</summary>
    public event Action? Committed;

    /// <summary>The number of the last durable commit.</summary>
    public long LastCommit => Volatile.Read(ref _lastCommit);

    /// <summary>Pages written to the write-ahead log since it was last emptied.</summary>
    public long PagesSinceCheckpoint => Volatile.Read(ref _pagesSinceCheckpoint);

    /// <summary>Why the last transaction failed; null when it was committed.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>Set by the retirement while it cannot make room, so that appends fail instead of waiting for it.</summary>
    public Exception? NoRoom { get; set; }

    /// <summary>Completes when the queue was closed and everything in it was written.</summary>
    public Task Stopped => _stopped.Task;

    public void Start() => _thread.Start();

    private void Run()
    {
        while (_queue.Take(_batch, _window.Log.Bytes >= _logBytesMax && NoRoom is null, out var logBytesMax, out var finishCheckpoint))
        {
            if (_batch.Count > 0)
            {
                Commit(logBytesMax);
                _batch.Clear();
            }

            if (finishCheckpoint)
            {
                FinishCheckpoint();
            }
        }

        Close();
    }

    private void Commit(int logBytesMax)
    {
        try
        {
            RefuseAppendsWithoutRoom();
            Write(logBytesMax);
        }
        catch (Exception failure)
        {
            // The outermost loop of the writer: whatever went wrong, the transaction's callers hear of it and the next transaction is tried.
            Undo(failure);
            return;
        }

        foreach (var request in _batch)
        {
            request.Complete();
        }
    }

    private void RefuseAppendsWithoutRoom()
    {
        if (_window.Log.Bytes < _logBytesMax || NoRoom is not { } reason)
        {
            return;
        }

        var refusal = new StoreUnavailableException("The log is full and cannot be emptied; nothing was written.", reason);
        for (var i = _batch.Count - 1; i >= 0; i--)
        {
            if (_batch[i].AddsToLog)
            {
                StorageMetrics.WritesRefused.Add(1);
                _batch[i].Fail(refusal);
                _batch.RemoveAt(i);
            }
        }
    }

    private void Write(int logBytesMax)
    {
        var began = _time.GetTimestamp();
        var database = _database ??= SqliteDatabase.OpenWriter(_path, create: false);
        var number = _lastCommit + 1;
        while (!TryApplyAll(database, number, logBytesMax))
        {
            // Each round leaves one request out.
        }

        if (!_transaction.Changed)
        {
            database.Rollback();
            _log.Abandon();
            _transaction.End();
            return;
        }

        var record = _log.Finish();
        using (var insert = database.Use(InsertLogSql))
        {
            insert.Bind(1, number).Bind(2, record).Run();
        }

        database.Commit();
        StorageMetrics.Committed(_time.GetElapsedTime(began), record.Length, _batch.Count);
        Publish(number, record.Length);
        _transaction.End();
        _pagesSinceCheckpoint += database.TakePagesWritten();
        Committed?.Invoke();
    }

    // SQLite lets nothing more be written in a transaction that came upon damage. So it starts over without the request that did, which alone hears of it.
    private bool TryApplyAll(SqliteDatabase database, long number, int logBytesMax)
    {
        database.BeginWrite();
        _transaction.Begin(database, number, _time.GetUtcNow().ToUnixTimeMilliseconds(), logBytesMax);
        for (var i = 0; i < _batch.Count; i++)
        {
            try
            {
                _batch[i].Apply(_transaction);
            }
            catch (Exception failure) when (!IsOfTheWholeStore(failure))
            {
                var request = _batch[i];
                _batch.RemoveAt(i);
                LogRequestFailed(request.GetType().Name, number, failure);
                _transaction.Undo();
                database.Rollback();
                request.Fail(Reported(failure));
                return false;
            }
        }

        return true;
    }

    // A full disk, for one. Damage and what only a mistake can bring about are the request's own.
    private static bool IsOfTheWholeStore(Exception failure) =>
        failure is SqliteException sqlite
        && sqlite.SqliteErrorCode is not (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_ERROR);

    private static Exception Reported(Exception failure) => failure switch
    {
        StoreUnavailableException or StoreCorruptException => failure,
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CONSTRAINT } =>
            new StoreCorruptException($"The store's file is damaged: {failure.Message}", failure),
        _ => new StoreUnavailableException($"The store could not write: {failure.Message}", failure),
    };

    private void Publish(long number, int recordBytes)
    {
        _log.Keep();
        lock (_window.Gate)
        {
            _window.Log.Add(number, _transaction.CommittedAt, recordBytes);
            foreach (var request in _batch)
            {
                request.Publish(_transaction);
            }

            _window.ForgetIdle();
        }

        LastFailure = null;
        Volatile.Write(ref _lastCommit, number);
    }

    private void Undo(Exception failure)
    {
        LastFailure = failure;
        LogCommitFailed(_batch.Count, _lastCommit + 1, failure);
        StorageMetrics.CommitsFailed.Add(1);
        _transaction.Undo();
        try
        {
            _database?.Rollback();
        }
        catch (SqliteException rollbackFailure)
        {
            LogRollbackFailed(rollbackFailure);
            DropConnection();
        }

        if (failure is SqliteException { SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY })
        {
            // The connection's view of the file is not to be trusted; the next transaction opens another.
            DropConnection();
        }

        var reported = failure as StoreUnavailableException
            ?? new StoreUnavailableException($"The store could not write: {failure.Message}", failure);
        foreach (var request in _batch)
        {
            request.Fail(reported);
        }
    }

    private void DropConnection()
    {
        _database?.Dispose();
        _database = null;
    }

    private void FinishCheckpoint()
    {
        if (_database is not { } database)
        {
            return;
        }

        try
        {
            database.BusyTimeout(CheckpointWaitMilliseconds);
            if (database.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART))
            {
                Volatile.Write(ref _pagesSinceCheckpoint, 0);
            }
        }
        catch (SqliteException failure)
        {
            // A full disk, most likely. Commits go on in the write-ahead log, and the next checkpoint tries again.
            LogCheckpointFailed(failure);
        }
        finally
        {
            database.BusyTimeout(WriteWaitMilliseconds);
        }
    }

    private void Close()
    {
        try
        {
            _database?.Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        catch (SqliteException failure)
        {
            LogCheckpointFailed(failure);
        }

        DropConnection();
        _stopped.SetResult();
    }
}
