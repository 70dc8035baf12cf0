using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Writes what a learner does best next in a course as text.</summary>
internal static class NextClipsText
{
    /// <summary>A line a lesson, best first.</summary>
    public static void Write(TextWriter text, NextClipsResponse answer, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(answer));
            return;
        }

        if (answer.Clips.Count == 0)
        {
            text.WriteLine("nothing is left");
        }

        foreach (var clip in answer.Clips)
        {
            text.WriteLine(FormattableString.Invariant($"{clip.Score:0.00}  {clip.LessonId}{Titled(clip.Title)}  {ProtoText.Name(clip.Reason)}: {clip.Text}"));
        }
    }

    private static string Titled(string title) => title.Length == 0 ? "" : $" '{title}'";
}
