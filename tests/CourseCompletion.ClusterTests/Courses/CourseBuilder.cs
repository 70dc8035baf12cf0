using CourseCompletion.Domain.Courses;

namespace CourseCompletion.ClusterTests.Courses;

/// <summary>Course definitions for tests: lessons of 100 seconds.</summary>
internal static class CourseBuilder
{
    public static CourseDefinition Of(CourseId course, int lessons = 2) => new()
    {
        Course = course,
        Version = 0,
        Title = "A course",
        Lessons = [.. Enumerable.Range(1, lessons).Select(number => new LessonDefinition { Id = $"lesson-{number}", LengthMs = 100_000 })],
    };
}
