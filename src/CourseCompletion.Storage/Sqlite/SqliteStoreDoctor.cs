using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Archive;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Logging.Abstractions;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Reads an embedded store that no process serves, and its archive.</summary>
internal static class SqliteStoreDoctor
{
    public static async Task<StoreVerification> VerifyAsync(
        StorageOptions options, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(options.DataDirectory);
        var path = Path.Combine(directory, StoreSchema.FileName);
        if (!File.Exists(path))
        {
            throw new StoreRefusedException(StoreRefusal.Deleted, $"There is no store {path}: name the data directory of an embedded store.");
        }

        // Held so that no process starts on the store meanwhile.
        using var held = StoreLock.Take(directory);
        using var archive = OpenArchive(options, directory);
        using var readers = new ReaderPool(path, readersMax: 1);
        try
        {
            var found = await FindContradictionsAsync(readers, directory, path, cancellationToken).ConfigureAwait(false);
            var scrub = new StoreScrub(directory, readers, archive, TimeProvider.System, NullLogger.Instance, options);
            var verification = await scrub.VerifyAllAsync(progress, cancellationToken).ConfigureAwait(false);
            return found is null ? verification : verification with { Damages = [found, .. verification.Damages] };
        }
        finally
        {
            await readers.CloseAsync().ConfigureAwait(false);
        }
    }

    // What a start would refuse: values that contradict themselves, or the witness.
    private static async Task<string?> FindContradictionsAsync(ReaderPool readers, string directory, string path, CancellationToken cancellationToken)
    {
        try
        {
            var (meta, commit) = await readers.ReadAsync(
                database =>
                {
                    OpenedFile.RequireKnownLayout(database, path);
                    return (StoreMeta.ReadFrom(database), database.QueryInteger("SELECT max(commit_no) FROM log"));
                },
                cancellationToken).ConfigureAwait(false);
            var verdict = WitnessVerdict.On(new WitnessFile(directory).Read(), meta.StoreId, meta.Incarnation, commit, path);
            return verdict.Refusal is null ? null : verdict.Message;
        }
        catch (StoreCorruptException damage)
        {
            return damage.Message;
        }
    }

    private static FileJournalArchive? OpenArchive(StorageOptions options, string directory) =>
        Directory.Exists(Path.Combine(directory, FileJournalArchive.DirectoryName))
            ? FileJournalArchive.Open(options, TimeProvider.System, NullLoggerFactory.Instance)
            : null;
}
