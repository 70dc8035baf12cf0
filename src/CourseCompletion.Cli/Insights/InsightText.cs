using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Insights;

/// <summary>Writes a course's findings and videos as text.</summary>
internal static class InsightText
{
    private const string Levels = " .:-=+*#%@";

    /// <summary>A few lines a finding.</summary>
    public static void Write(TextWriter text, GetInsightsResponse answer, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(answer));
            return;
        }

        text.WriteLine($"as of {ProtoText.At(answer.EvaluatedAt)}: {answer.Insights.Count} findings (associations, not proof)");
        foreach (var insight in answer.Insights)
        {
            text.WriteLine();
            text.WriteLine($"{insight.InsightId}  '{insight.LessonTitle}'{PartOf(insight.Segment)}");
            text.WriteLine($"  {insight.Affected:N0} of {insight.Reached:N0} {Did(insight.Kind)}, {insight.Expected:N1} expected; about {insight.CompletionsLost:N1} completions went along with it");
            if (insight.Segment is { Confused: > 0 } segment)
            {
                text.WriteLine($"  {segment.Confused:N0} wrote there that they did not understand");
            }

            text.WriteLine($"  {insight.Suggestion}");
            if (insight.Fix is { } fix)
            {
                text.WriteLine(
                    $"  fixed {ProtoText.At(fix.FixedAt)}: {ProtoText.Percent(fix.AffectedShareBefore)} of {fix.ReachedBefore:N0} before, {ProtoText.Percent(fix.AffectedShareSince)} of {fix.ReachedSince:N0} since");
            }
        }
    }

    /// <summary>A line of 100 signs for each curve, and the places that stand out.</summary>
    public static void Write(TextWriter text, VideoEngagement video, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(video));
            return;
        }

        text.WriteLine($"video      {video.LessonId} of {video.CourseId}, {video.Viewers:N0} viewers as of {ProtoText.At(video.EvaluatedAt)}");
        text.WriteLine($"retention  {Curve(video.Retention)}");
        text.WriteLine($"rewatched  {Curve(video.Rewatched)}");
        text.WriteLine($"paused     {Curve(video.Paused)}");
        text.WriteLine($"returned   {Curve(video.Returned)}");
        text.WriteLine($"confused   {Curve([.. video.Confused.Select(count => (double)count)])}");
        foreach (var peak in video.Peaks)
        {
            text.WriteLine(FormattableString.Invariant($"peak       {ProtoText.Name(peak.Kind)} at {peak.Position:0} s, z {peak.Z:0.0}"));
        }

        foreach (var segment in video.ConfusingSegments)
        {
            text.WriteLine(FormattableString.Invariant($"confusing {PartOf(segment)}, watched again z {segment.RewatchZ:0.0}, paused z {segment.PauseZ:0.0}, {segment.Confused} wrote that they did not understand"));
        }
    }

    // Relative to the highest.
    private static string Curve(IReadOnlyList<double> shares)
    {
        var highest = shares.DefaultIfEmpty().Max();
        return string.Concat(shares.Select(share => Levels[highest == 0 ? 0 : (int)Math.Round(share / highest * (Levels.Length - 1))]));
    }

    private static string PartOf(ConfusingSegment? segment) => segment is null ? "" : FormattableString.Invariant($" {segment.From:0} to {segment.To:0} s");

    private static string Did(InsightKind kind) => kind == InsightKind.Leaving ? "left here" : "watched this part again";
}
