using CourseCompletion.Domain.Courses;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Interests;

/// <summary>What a course is about, and what its learners write about more than they used to.</summary>
/// <remarks>Key: <see cref="CourseKey"/>. Called by the gateway and backends; reads the course and its roster's shards, which never wait for it.</remarks>
[Alias("cc.ICourseTopicsGrain")]
[Version(1)]
public interface ICourseTopicsGrain : IGrainWithStringKey
{
    /// <summary>The topics, found anew at most every 30 s; null when the course does not exist.</summary>
    [Alias("GetAsync")]
    ValueTask<CourseTopicsView?> GetAsync();
}
