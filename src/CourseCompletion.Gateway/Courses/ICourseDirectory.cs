using CourseCompletion.Domain.Courses;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Insights;
using CourseCompletion.Grains.Abstractions.Interests;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Finds the grains that keep a course.</summary>
public interface ICourseDirectory
{
    /// <summary>The course's grain.</summary>
    ICourseGrain Find(CourseKey key);

    /// <summary>One shard of a course's roster.</summary>
    IRosterGrain FindRoster(RosterKey key);

    /// <summary>The grain of a course's findings.</summary>
    ICourseInsightGrain FindInsights(CourseKey key);

    /// <summary>The grain of a course's topics.</summary>
    ICourseTopicsGrain FindTopics(CourseKey key);
}

/// <summary>The directory of a cluster.</summary>
internal sealed class ClusterCourseDirectory(IGrainFactory grains) : ICourseDirectory
{
    public ICourseGrain Find(CourseKey key) => grains.GetGrain<ICourseGrain>(key.Value);

    public IRosterGrain FindRoster(RosterKey key) => grains.GetGrain<IRosterGrain>(key.Value);

    public ICourseInsightGrain FindInsights(CourseKey key) => grains.GetGrain<ICourseInsightGrain>(key.Value);

    public ICourseTopicsGrain FindTopics(CourseKey key) => grains.GetGrain<ICourseTopicsGrain>(key.Value);
}
