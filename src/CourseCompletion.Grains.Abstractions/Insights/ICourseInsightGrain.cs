using CourseCompletion.Domain.Courses;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Insights;

/// <summary>What a course's team could change, and how it went where they did.</summary>
/// <remarks>Key: <see cref="CourseKey"/>. Called by the gateway and backends; reads the course and its roster's shards, which never wait for it.</remarks>
[Alias("cc.ICourseInsightGrain")]
[Version(1)]
public interface ICourseInsightGrain : IGrainWithStringKey
{
    /// <summary>The findings, what cost most completions first, made anew at most every 30 s; null when the course does not exist.</summary>
    [Alias("GetAsync")]
    ValueTask<CourseInsights?> GetAsync();

    /// <summary>Notes that a finding was dealt with, again from now when it was before, and answers with it alone; null when there is neither such a finding nor such a fix.</summary>
    /// <param name="id">The finding, as <see cref="GetAsync"/> names it.</param>
    [Alias("MarkFixedAsync")]
    ValueTask<CourseInsights?> MarkFixedAsync(string id);
}
