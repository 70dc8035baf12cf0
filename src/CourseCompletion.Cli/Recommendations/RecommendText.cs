using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Writes what a learner may take next as text.</summary>
internal static class RecommendText
{
    /// <summary>A line a course.</summary>
    public static void Write(TextWriter text, string learner, RecommendCoursesResponse answer, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(answer));
            return;
        }

        text.WriteLine($"{answer.Courses.Count} courses for {learner}  ({answer.RecommendationId})");
        foreach (var course in answer.Courses)
        {
            var name = course.Title.Length > 0 ? $"{course.CourseId} '{course.Title}'" : course.CourseId;
            text.WriteLine(FormattableString.Invariant($"{name,-40}  {course.Score,7:0.000}  {course.Propensity,8:0.000000}  {course.ReasonText}{(course.Promoted ? ", promoted" : "")}"));
        }
    }
}
