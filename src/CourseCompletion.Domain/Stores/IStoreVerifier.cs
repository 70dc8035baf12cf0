namespace CourseCompletion.Domain.Stores;

/// <summary>Reads everything that is stored and says what is damaged; for a doctor command.</summary>
public interface IStoreVerifier
{
    /// <summary>Verifies every checksum; damage is reported, never thrown.</summary>
    /// <param name="progress">Hears how far it came, often; null when nobody listens.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<StoreVerification> VerifyAllAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>How far a verification came.</summary>
/// <param name="Part">What is being read.</param>
/// <param name="ItemsRead">Items read since the verification began.</param>
public readonly record struct VerificationProgress(string Part, long ItemsRead);

/// <summary>What a verification found.</summary>
/// <param name="ItemsRead">Rows, log commits and archive blocks whose checksums were compared.</param>
/// <param name="Damages">What is damaged and where, at most 1,000 sentences; empty when all is well.</param>
public sealed record StoreVerification(long ItemsRead, IReadOnlyList<string> Damages);
