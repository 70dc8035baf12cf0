using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Insights;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Insights;

/// <summary>Puts a course's findings and videos on the wire.</summary>
internal static class InsightMapping
{
    public static Wire.VideoEngagement ToWire(CourseEngagement engagement, LessonDefinition lesson)
    {
        var video = VideoRules.Look(lesson, engagement.Sums.Lessons.GetValueOrDefault(lesson.Id) ?? new(), engagement.Sums.Comments.Lessons.GetValueOrDefault(lesson.Id), InsightPolicy.Default);
        return new()
        {
            CourseId = engagement.Course.Course.Value,
            LessonId = lesson.Id,
            Viewers = ToInt(video.Viewers),
            Retention = { video.Retention },
            Rewatched = { video.Rewatched },
            Paused = { video.Paused },
            Returned = { video.Returned },
            Confused = { video.Confused },
            Peaks = { video.Peaks.Select(peak => new Wire.VideoPeak { Kind = ToWire(peak.Kind), Position = SecondsAt(lesson, peak.Position + 0.5), Z = peak.Z }) },
            ConfusingSegments = { video.Confusing.Select(segment => ToWire(lesson, new SegmentView(segment.First, segment.Last, segment.RewatchZ, segment.PauseZ, segment.Confused))) },
            EvaluatedAt = TimestampMapping.From(engagement.EvaluatedAtMs),
        };
    }

    public static Wire.Insight ToWire(InsightView insight, CourseDefinition course)
    {
        var lesson = course.FindLesson(insight.Lesson);
        return new()
        {
            InsightId = insight.Id,
            Kind = insight.Kind == FindingKind.Leaving ? Wire.InsightKind.Leaving : Wire.InsightKind.Confusing,
            LessonId = insight.Lesson,
            LessonTitle = lesson?.Title ?? "",
            Segment = insight.Segment is { } part && lesson is not null ? ToWire(lesson, part) : null,
            Reached = ToInt(insight.Reached),
            Affected = ToInt(insight.Affected),
            Expected = insight.Expected,
            CompletionsLost = insight.CompletionsLost,
            Suggestion = SuggestionFor(insight.Kind),
            Fix = insight.Fix is { } fix ? ToWire(fix) : null,
        };
    }

    private static Wire.InsightFix ToWire(FixView fix) => new()
    {
        FixedAt = TimestampMapping.From(fix.FixedAtMs),
        ReachedBefore = ToInt(fix.ReachedBefore),
        AffectedShareBefore = Share(fix.AffectedBefore, fix.ReachedBefore),
        ReachedSince = ToInt(fix.ReachedSince),
        AffectedShareSince = Share(fix.AffectedSince, fix.ReachedSince),
    };

    private static Wire.ConfusingSegment ToWire(LessonDefinition lesson, SegmentView part) => new()
    {
        From = SecondsAt(lesson, part.First),
        To = SecondsAt(lesson, part.Last + 1),
        RewatchZ = part.RewatchZ,
        PauseZ = part.PauseZ,
        Confused = ToInt(part.Confused),
    };

    private static Wire.VideoPeakKind ToWire(VideoPeakKind kind) => kind switch
    {
        VideoPeakKind.Rewatched => Wire.VideoPeakKind.Rewatched,
        VideoPeakKind.Paused => Wire.VideoPeakKind.Paused,
        _ => Wire.VideoPeakKind.Returned,
    };

    private static string SuggestionFor(FindingKind kind) => kind switch
    {
        FindingKind.Leaving => "See what this lesson asks that the ones around it do not: its length, its difficulty, what it takes for granted. Split it, or say before it what it is good for.",
        _ => "Explain this part more slowly or with an example, or add a short clip or a note at this position; look at what was asked and commented there.",
    };

    private static double SecondsAt(LessonDefinition lesson, double position) => Math.Round(lesson.LengthMs * position / LessonSums.PositionCount) / 1000;

    private static double Share(long part, long whole) => whole == 0 ? 0 : Math.Min(1, part / (double)whole);

    private static int ToInt(long count) => (int)Math.Clamp(count, int.MinValue, int.MaxValue);
}
