using System.Collections.Concurrent;
using CourseCompletion.Domain.Stores;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Connections that read, on thread-pool threads, so that no grain scheduler ever waits for the disk.</summary>
/// <remarks>
/// A read returns everything it read and holds no transaction afterwards: a checkpoint can never be held up by a caller who is slow to look at its results.
/// </remarks>
internal sealed class ReaderPool(string path, int readersMax) : IDisposable
{
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private readonly SemaphoreSlim _slots = new(readersMax);
    private volatile bool _closed;

    /// <summary>Runs a read.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read now.</exception>
    /// <exception cref="StoreCorruptException">SQLite found damage.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteDatabase, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Waits for the reads that run, lets no other start, and closes the connections.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        for (var i = 0; i < readersMax; i++)
        {
            await _slots.WaitAsync().ConfigureAwait(false);
        }

        while (_idle.TryTake(out var database))
        {
            database.Dispose();
        }

        // Whoever still waits for a connection gets the slot and then hears that the store is closed.
        _slots.Release(readersMax);
    }

    public void Dispose() => _slots.Dispose();

    private T Read<T>(Func<SqliteDatabase, T> read)
    {
        if (_closed)
        {
            throw new StoreUnavailableException("The store is closed.");
        }

        SqliteDatabase? database = null;
        try
        {
            if (!_idle.TryTake(out database))
            {
                database = SqliteDatabase.OpenReader(path);
            }

            var result = read(database);
            _idle.Add(database);
            return result;
        }
        catch (SqliteException failure)
        {
            // The next read opens a fresh connection: after an input/output error this one's view of the file is not to be trusted.
            database?.Dispose();
            throw failure.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB
                ? new StoreCorruptException($"The store's file is damaged: {failure.Message}", failure)
                : new StoreUnavailableException($"The store cannot be read: {failure.Message}", failure);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }
}
