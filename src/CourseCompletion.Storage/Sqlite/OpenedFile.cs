using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Witness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>The store's file, opened and found to be what its witness says, or created.</summary>
internal sealed partial class OpenedFile
{
    // A larger file takes longer than a start may; its log is verified in any case, and the rest by the scrub. Unless a write-ahead log lies beside it: SQLite puts
    // that into whatever file it finds, also into a backup to which it does not belong.
    private const long QuickCheckBytesMax = 128 * 1024 * 1024;

    private OpenedFile(SqliteDatabase database, StoreMeta meta) => (Database, Meta) = (database, meta);

    public SqliteDatabase Database { get; }

    public StoreMeta Meta { get; }

    /// <summary>Opens or creates the file, and judges it by its witness.</summary>
    /// <exception cref="StoreRefusedException">It is damaged, or it is not what its witness says and that was not accepted.</exception>
    public static OpenedFile Open(string path, StoreWitness? witness, bool acceptStore, ILogger logger)
    {
        try
        {
            var exists = File.Exists(path) && new FileInfo(path).Length > 0;
            return exists ? OpenExisting(path, witness, acceptStore, logger) : Create(path, witness, acceptStore, logger);
        }
        catch (SqliteException damage) when (damage.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw Damaged(path, damage.Message, damage);
        }
        catch (StoreCorruptException damage)
        {
            throw Damaged(path, damage.Message, damage);
        }
        catch (SqliteException failure)
        {
            throw new StoreUnavailableException($"The store {path} could not be opened: {failure.Message}", failure);
        }
    }

    public static StoreRefusedException Damaged(string path, string what, Exception? cause) => new(
        StoreRefusal.Damaged,
        $"The store {path} is damaged: {what} Restore a backup of it (with its -wal file, if there is one); or, to start with nothing, move {path} away and start once "
        + "with Storage:AcceptStore=true.",
        cause);

    /// <summary>Whether the file's structure is searched for damage at start.</summary>
    public static bool IsToBeSearched(StoreWitness? witness, long fileBytes, long writeAheadLogBytes) =>
        witness is not { StoppedCleanly: true } && (fileBytes <= QuickCheckBytesMax || writeAheadLogBytes > 0);

    private static OpenedFile Create(string path, StoreWitness? witness, bool acceptStore, ILogger logger)
    {
        var verdict = WitnessVerdict.OnMissingStore(witness, path);
        Heed(verdict, acceptStore, logger);
        var database = SqliteDatabase.OpenWriter(path, create: true);
        try
        {
            var meta = new StoreMeta(Guid.NewGuid(), StoreSchema.PartitionCount, verdict.Incarnation);
            StoreSchema.Create(database, meta);
            DurableFiles.FlushDirectory(Path.GetDirectoryName(path)!);
            return new OpenedFile(database, meta);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static OpenedFile OpenExisting(string path, StoreWitness? witness, bool acceptStore, ILogger logger)
    {
        var isToBeSearched = IsToBeSearched(witness, new FileInfo(path).Length, new FileInfo(path + "-wal") is { Exists: true } log ? log.Length : 0);
        var database = SqliteDatabase.OpenWriter(path, create: false);
        try
        {
            if (database.QueryInteger("SELECT count(*) FROM sqlite_master") == 0)
            {
                // The process that created the file died before it wrote the tables.
                var verdictOnNothing = WitnessVerdict.OnMissingStore(witness, path);
                Heed(verdictOnNothing, acceptStore, logger);
                StoreSchema.Create(database, new StoreMeta(Guid.NewGuid(), StoreSchema.PartitionCount, verdictOnNothing.Incarnation));
            }

            RequireKnownLayout(database, path);
            if (isToBeSearched && database.QueryTexts("PRAGMA quick_check(1)") is var found and not ["ok"])
            {
                throw Damaged(path, string.Join(' ', found), null);
            }

            var meta = StoreMeta.ReadFrom(database);
            var commit = database.QueryInteger("SELECT max(commit_no) FROM log");
            var verdict = WitnessVerdict.On(witness, meta.StoreId, meta.Incarnation, commit, path);
            Heed(verdict, acceptStore, logger);
            return new OpenedFile(database, Raise(database, meta, verdict.Incarnation));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <exception cref="StoreRefusedException">The file is of another application, or of a release whose layout this one does not know.</exception>
    public static void RequireKnownLayout(SqliteDatabase database, string path)
    {
        var application = database.QueryInteger("PRAGMA application_id");
        var version = database.QueryInteger("PRAGMA user_version");
        if (application != StoreSchema.ApplicationId || version != StoreSchema.Version)
        {
            throw new StoreRefusedException(
                StoreRefusal.UnknownVersion,
                application != StoreSchema.ApplicationId
                    ? $"The file {path} is an SQLite database of another application. Choose another Storage:DataDirectory."
                    : $"The store {path} has layout {version}; this release knows layout {StoreSchema.Version} only. Start the release that wrote it, or a newer one.");
        }
    }

    private static StoreMeta Raise(SqliteDatabase database, StoreMeta meta, long incarnation)
    {
        if (meta.Incarnation == incarnation)
        {
            return meta;
        }

        var raised = meta with { Incarnation = incarnation };
        database.BeginWrite();
        raised.Write(database);
        database.Commit();
        return raised;
    }

    private static void Heed(WitnessVerdict verdict, bool acceptStore, ILogger logger)
    {
        if (verdict.Refusal is not { } refusal)
        {
            return;
        }

        if (!acceptStore)
        {
            throw new StoreRefusedException(refusal, verdict.Message);
        }

        LogAccepted(logger, verdict.Incarnation, verdict.Message);
    }
}
