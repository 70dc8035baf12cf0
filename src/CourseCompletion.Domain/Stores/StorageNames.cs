namespace CourseCompletion.Domain.Stores;

/// <summary>Names by which grains ask for what Storage registers.</summary>
public static class StorageNames
{
    /// <summary>The Orleans grain storage provider that keeps snapshots as <see cref="StoredPayload"/>.</summary>
    public const string GrainStorageName = "coursecompletion";
}
