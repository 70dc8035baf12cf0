using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Courses;

/// <summary>Writes courses and their numbers as text.</summary>
internal static class CourseText
{
    /// <summary>A definition.</summary>
    public static void Write(TextWriter text, Course course, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(course));
            return;
        }

        text.WriteLine($"course   {course.CourseId} '{course.Title}', version {course.Version}{(course.Draft ? ", a draft" : "")}");
        text.WriteLine($"runs     {ProtoText.At(course.StartsAt)} to {ProtoText.At(course.EndsAt)}, zone {course.TimeZone}");
        text.WriteLine($"complete {course.CompletionRule?.ToString() ?? "all required lessons"}");
        foreach (var lesson in course.Lessons)
        {
            text.WriteLine($"lesson   {lesson.LessonId} '{lesson.Title}', {ProtoText.Name(lesson.Kind)}, {lesson.Length?.ToTimeSpan().TotalSeconds ?? 0:N0} s, due {ProtoText.At(lesson.DueAt)}");
        }
    }

    /// <summary>The numbers: a few lines, and one a lesson.</summary>
    public static void Write(TextWriter text, Protocol.V1.Engagement numbers, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(numbers));
            return;
        }

        text.WriteLine($"course       {numbers.CourseId} as of {ProtoText.At(numbers.EvaluatedAt)}");
        text.WriteLine($"learners     {numbers.Enrolled:N0} enrolled, {numbers.ActiveToday:N0} active today, {numbers.ActiveLast7Days:N0} in 7 days, {numbers.Completed:N0} completed, {numbers.Withdrawn:N0} withdrawn");
        text.WriteLine($"completion   mean {ProtoText.Percent(numbers.MeanCompletionProbability)}, {numbers.ExpectedCompletions:N1} expected");
        text.WriteLine($"probability  {string.Join(' ', numbers.ProbabilityHistogram)}");
        text.WriteLine($"engagement   {numbers.WatchSeconds / 3600:N1} h watched, {numbers.Likes:N0} likes, {numbers.Comments:N0} comments, {numbers.Shares:N0} shares, {numbers.Questions:N0} questions, {numbers.Answers:N0} answers, {numbers.CheckIns:N0} check-ins");
        foreach (var lesson in numbers.Lessons)
        {
            text.WriteLine($"lesson       {lesson.LessonId}: {lesson.Started:N0} started, {lesson.Completed:N0} completed");
        }
    }

    /// <summary>The numbers on one line.</summary>
    public static void WriteLine(TextWriter text, Protocol.V1.Engagement numbers, bool isJson)
    {
        text.WriteLine(isJson
            ? ProtoText.Json(numbers)
            : $"{ProtoText.At(numbers.EvaluatedAt)}  enrolled {numbers.Enrolled:N0}  active today {numbers.ActiveToday:N0}  completed {numbers.Completed:N0}  "
                + $"mean completion {ProtoText.Percent(numbers.MeanCompletionProbability)}  likes {numbers.Likes:N0}  comments {numbers.Comments:N0}  watched {numbers.WatchSeconds / 3600:N1} h");
    }
}
