using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Redis;
using CourseCompletion.Storage.Sqlite;

namespace CourseCompletion.Storage;

/// <summary>Reads a store without serving it, to say what is damaged.</summary>
public static class StoreDoctor
{
    /// <summary>Verifies every checksum of the store that the options name, and changes nothing.</summary>
    /// <remarks>The embedded store must not be open elsewhere; Redis is read beside its silos, and what changes meanwhile may be missed.</remarks>
    /// <exception cref="StoreRefusedException">There is no such store, it is in use, or this release does not know its layout.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public static Task<StoreVerification> VerifyAsync(
        StorageOptions options, string serviceId, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.IsNullOrWhiteSpace(options.Redis)
            ? SqliteStoreDoctor.VerifyAsync(options, progress, cancellationToken)
            : RedisStoreDoctor.VerifyAsync(options, serviceId, progress, cancellationToken);
    }
}
