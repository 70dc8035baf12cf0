using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Abstractions.Completion;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Courses;

/// <summary>One course: its definition, and the merge of its roster shards' sums.</summary>
/// <remarks>Key: <see cref="CourseKey"/>. Called by the gateway, backends and silos' course catalogues. It never calls a roster or a learner and waits; it does wait for its tenant's completion index.</remarks>
[Alias("cc.ICourseGrain")]
[Version(1)]
public interface ICourseGrain : IGrainWithStringKey
{
    /// <summary>Stores a new version of the definition. The version and the times in the argument are ignored.</summary>
    /// <param name="definition">The course.</param>
    /// <param name="expectedVersion">When given, the version that must be current (0: the course must not exist).</param>
    [Alias("UpsertAsync")]
    ValueTask<UpsertOutcome> UpsertAsync(CourseDefinition definition, long? expectedVersion);

    /// <summary>The current definition; null when the course does not exist.</summary>
    [Alias("GetDefinitionAsync")]
    [AlwaysInterleave]
    ValueTask<CourseDefinition?> GetDefinitionAsync();

    /// <summary>The definition for an event of this course: the current one, a new draft, or the reason why there is none.</summary>
    [Alias("AdmitAsync")]
    ValueTask<CourseAdmission> AdmitAsync();

    /// <summary>The course's live figures; null when the course does not exist.</summary>
    [Alias("GetEngagementAsync")]
    [AlwaysInterleave]
    ValueTask<CourseEngagement?> GetEngagementAsync();

    /// <summary>Waits for figures newer than <paramref name="seen"/> (0: any); null when none came within <paramref name="patience"/> (at most 20 s).</summary>
    [Alias("WatchEngagementAsync")]
    [AlwaysInterleave]
    ValueTask<CourseEngagement?> WatchEngagementAsync(long seen, TimeSpan patience);

    /// <summary>The course's C = f(R, I, P), from figures as fresh as <see cref="GetEngagementAsync"/>'s; null when the course does not exist.</summary>
    [Alias("GetCompletionIndexAsync")]
    [AlwaysInterleave]
    ValueTask<CourseIndex?> GetCompletionIndexAsync();
}
