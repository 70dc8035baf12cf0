using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Archive;
using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Courses;
using CourseCompletion.Storage.Sqlite.Grains;
using CourseCompletion.Storage.Sqlite.Learners;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, its witness and its archive in one directory, held by one process.</summary>
internal sealed class SqliteStore : IStoreIdentity, IStoreProbe, IStoreVerifier, IAsyncDisposable
{
    private const int ChunkBytesMax = 1024 * 1024;

    private readonly StoreLock _lock;
    private readonly WitnessFile _witness;
    private readonly WriteQueue _queue;
    private readonly CommitWriter _writer;
    private readonly ReaderPool _readers;
    private readonly Retirement _retirement;
    private readonly IJournalArchive _archive;
    private readonly StoreScrub _scrub;
    private readonly StoreUpkeep _upkeep;
    private readonly Meter _figures;
    private readonly Lock _stopGate = new();
    private Task? _stopped;

    private SqliteStore(StorageOptions options, string directory, IJournalArchive archive, TimeProvider time, ILoggerFactory loggers)
    {
        var path = Path.Combine(directory, StoreSchema.FileName);
        _archive = archive;
        _lock = StoreLock.Take(directory);
        OpenedFile? opened = null;
        try
        {
            _witness = new WitnessFile(directory);
            opened = OpenedFile.Open(path, _witness.Read(), options.AcceptStore, loggers.CreateLogger<OpenedFile>());
            StoreId = opened.Meta.StoreId;
            Incarnation = opened.Meta.Incarnation;

            var chunkBytes = Math.Min(ChunkBytesMax, options.WindowBytesMax / 4);
            var log = new LogBuffer(chunkBytes, options.WindowBytesMax * 5L / 4 / chunkBytes);
            var window = new JournalWindow(new PendingMarks(opened.Meta.PartitionCount, options.PendingMarksMax), log, options.IdleLearnersMax);
            var lastCommit = Load(opened.Database, window, path);

            _queue = new WriteQueue(options.QueuedWritesMax);
            _readers = new ReaderPool(path, options.ReadersMax);
            _writer = new CommitWriter(
                opened.Database, path, lastCommit, 2L * options.WindowBytesMax, _queue, window, log, time, loggers.CreateLogger<CommitWriter>());
            _retirement = new Retirement(window, _queue, _writer, archive, Incarnation, time, loggers.CreateLogger<Retirement>(), options);
            _scrub = new StoreScrub(directory, _readers, archive, time, loggers.CreateLogger<StoreScrub>(), options);
            var checkpointer = new Checkpointer(path, _queue, _writer, loggers.CreateLogger<Checkpointer>());
            _upkeep = new StoreUpkeep(WriteWitness, _retirement, checkpointer, _scrub, time, loggers.CreateLogger<StoreUpkeep>());

            Journal = new SqliteLearnerJournal(window, _queue, _readers);
            Pending = new SqlitePendingIndex(window, _queue, time);
            Rosters = new SqliteRosterStore(_queue, _readers);
            Snapshots = new SqliteGrainStorage(_queue, _readers);
            Reminders = new SqliteReminderTable(_queue, _readers);
            Health = new SqliteStoreHealth(path, this, _queue, _writer, time);
            WriteWitness(stoppedCleanly: false);
            _figures = ShowFigures(_queue, window, path);
        }
        catch
        {
            opened?.Database.Dispose();
            _lock.Dispose();
            throw;
        }

        _writer.Start();
        _upkeep.Start();
    }

    public Guid StoreId { get; }

    public long Incarnation { get; }

    public ILearnerJournal Journal { get; }

    public IPendingIndex Pending { get; }

    public IRosterStore Rosters { get; }

    public IJournalArchive Archive => _archive;

    public IGrainStorage Snapshots { get; }

    public IReminderTable Reminders { get; }

    public IStoreHealth Health { get; }

    /// <summary>Where writes of any kind are queued.</summary>
    public WriteQueue Writes => _queue;

    /// <summary>Opens and verifies the store with the archive in its data directory; see <see cref="Open"/>.</summary>
    public static Task<SqliteStore> OpenAsync(StorageOptions options, TimeProvider time, ILoggerFactory loggers) =>
        Task.Run(() => Open(options, FileJournalArchive.Open(options, time, loggers), time, loggers));

    /// <summary>Opens the store of <see cref="StorageOptions.DataDirectory"/>, creating it when there is none, and verifies it.</summary>
    /// <exception cref="StoreRefusedException">The store must not be used; the message says why and what to do.</exception>
    /// <exception cref="StoreUnavailableException">The directory cannot be used.</exception>
    public static SqliteStore Open(StorageOptions options, IJournalArchive archive, TimeProvider time, ILoggerFactory loggers)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        try
        {
            Directory.CreateDirectory(directory);
            return new SqliteStore(options, directory, archive, time, loggers);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The data directory {directory} (Storage:DataDirectory) cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Moves all that is in memory to the learners' rows and the archive now, which happens by itself when memory is full or old.</summary>
    public Task RetireAsync(CancellationToken cancellationToken) => _retirement.RetireAsync(cancellationToken);

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await _readers.ReadAsync(StoreMeta.ReadFrom, cancellationToken).ConfigureAwait(false);

    public Task<StoreVerification> VerifyAllAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken) =>
        _scrub.VerifyAllAsync(progress, cancellationToken);

    /// <summary>Refuses further writes, writes what waits, empties the write-ahead log into the file, and notes the clean stop in the witness.</summary>
    public Task StopAsync()
    {
        lock (_stopGate)
        {
            return _stopped ??= Task.Run(StopOnceAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _figures.Dispose();
        _readers.Dispose();
        _upkeep.Dispose();
        _retirement.Dispose();
    }

    private async Task StopOnceAsync()
    {
        try
        {
            await _upkeep.StopAsync().ConfigureAwait(false);
            _queue.Close();
            await _readers.CloseAsync().ConfigureAwait(false);
            await _writer.Stopped.ConfigureAwait(false);
            _upkeep.WriteLastWitness();
        }
        finally
        {
            (_archive as IDisposable)?.Dispose();
            _lock.Dispose();
        }
    }

    private static Meter ShowFigures(WriteQueue queue, JournalWindow window, string path)
    {
        var figures = StorageMetrics.Show(() => queue.Count, () => queue.Bytes);
        figures.CreateObservableUpDownCounter("coursecompletion.store.log.size", () => window.Log.Bytes, "By", "The journal that is not yet moved to learners' rows.");

        // Read without the gate: a figure that is a moment old will do, and nobody is held up by whoever scrapes.
        figures.CreateObservableUpDownCounter("coursecompletion.store.marks.waiting", () => window.Marks.Count, "{mark}");
        figures.CreateObservableUpDownCounter("coursecompletion.store.file.size", () => SizeOf(path) + SizeOf(path + "-wal"), "By");
        return figures;
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static long Load(SqliteDatabase database, JournalWindow window, string path)
    {
        try
        {
            PendingRows.Load(database, window);
            return LogReplay.Run(database, window);
        }
        catch (StoreCorruptException damage)
        {
            throw OpenedFile.Damaged(path, damage.Message, damage);
        }
    }

    private void WriteWitness(bool stoppedCleanly) => _witness.Write(new StoreWitness(StoreId, Incarnation, _writer.LastCommit, stoppedCleanly));
}
