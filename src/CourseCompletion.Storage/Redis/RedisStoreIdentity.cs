using System.Globalization;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Redis;

/// <summary>What the store says about itself.</summary>
/// <param name="StoreId">Made once when the store was created.</param>
/// <param name="Incarnation">How often it was restored or accepted against a witness.</param>
/// <param name="PartitionCount">Fixed when the store was created, because learners were placed by it.</param>
/// <param name="Layout">The form of keys and values.</param>
/// <param name="Commit">Raised every second in which something was written; witnesses remember it.</param>
/// <param name="Ready">Whether every partition carries this incarnation's mark.</param>
internal sealed record RedisStoreIdentity(Guid StoreId, long Incarnation, int PartitionCount, int Layout, long Commit, bool Ready) : IStoreIdentity
{
    /// <summary>The layout that this release reads and writes.</summary>
    public const int CurrentLayout = 1;

    /// <summary>
    /// What every partition carries beside its heads, and every journal script compares: a partition that was emptied, exchanged or accepted into a new
    /// incarnation while this process runs answers with an error instead of looking like learners who were never seen.
    /// </summary>
    public string Epoch => string.Create(CultureInfo.InvariantCulture, $"{StoreId:N}:{Incarnation}");
}
