using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>What a recommender knows of a course from its definition. A newer version replaces an older one.</summary>
/// <param name="Course">The course.</param>
/// <param name="Version">The definition's version.</param>
/// <param name="Title">The title; may be empty.</param>
/// <param name="Tags">The labels.</param>
public sealed record CourseFact(CourseId Course, long Version, string Title, IReadOnlyList<string> Tags)
{
    /// <summary>The courses that a learner has to have completed before.</summary>
    public IReadOnlyList<string> Prerequisites { get; init; } = [];

    /// <summary>Whether it is promoted.</summary>
    public bool IsPromoted { get; init; }

    /// <summary>When it ends, in Unix milliseconds; null for never. From then on it is not recommended.</summary>
    public long? EndsAtMs { get; init; }

    /// <summary>What there is to know of a definition.</summary>
    public static CourseFact From(CourseDefinition course) =>
        new(course.Course, course.Version, course.Title, course.Tags) { Prerequisites = course.Prerequisites, IsPromoted = course.IsPromoted, EndsAtMs = course.EndsAtMs };
}
