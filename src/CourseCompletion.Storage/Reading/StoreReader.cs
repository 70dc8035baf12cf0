using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Archive;
using CourseCompletion.Storage.Redis;
using CourseCompletion.Storage.Sqlite;

namespace CourseCompletion.Storage.Reading;

/// <summary>Reads every journal and course of a store and of its archives, beside whoever serves it.</summary>
/// <remarks>
/// Nothing is changed, neither lock nor witness is touched. The store is read before the archives, and a frame is archived before the store lets go of it: so no frame falls between
/// the two while a server goes on writing.
/// </remarks>
public static class StoreReader
{
    /// <summary>Reads the store that the options name, then the archives of the data directories.</summary>
    /// <param name="options">The store.</param>
    /// <param name="serviceId">With Redis: the service whose store it is.</param>
    /// <param name="dataDirectories">The data directories with the archives: the store's own, or on Redis those of all silos.</param>
    /// <param name="receiver">Takes what is found.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="StoreRefusedException">There is no such store, or this release does not know its layout.</exception>
    /// <exception cref="StoreCorruptException">The store is damaged. Damaged archives are told to the receiver.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public static async Task ReadAsync(
        StorageOptions options,
        string serviceId,
        IReadOnlyList<string> dataDirectories,
        IStoreReceiver receiver,
        IProgress<VerificationProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dataDirectories);
        ArgumentNullException.ThrowIfNull(receiver);
        if (string.IsNullOrWhiteSpace(options.Redis))
        {
            await SqliteStoreReader.ReadAsync(options.DataDirectory, receiver, progress, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await RedisStoreReader.ReadAsync(options, serviceId, receiver, progress, cancellationToken).ConfigureAwait(false);
        }

        foreach (var directory in dataDirectories)
        {
            var archive = Path.Combine(Path.GetFullPath(directory), FileJournalArchive.DirectoryName);
            await Task.Run(() => ArchiveFrames.Read(archive, receiver, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }
}
