using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Engagement;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Reads course definitions off the wire and puts them on it.</summary>
internal static class CourseMapping
{
    private const string DefaultTimeZone = "UTC";
    private const double DefaultWeight = 1;
    private const double DefaultThreshold = 0.95;

    /// <summary>Reads a definition; adds what the Domain's types cannot hold to <paramref name="faults"/>.</summary>
    public static CourseDefinition Read(Wire.Course from, List<Rejection> faults) => new()
    {
        Course = new CourseId(from.CourseId),
        Version = 0,
        Title = from.Title,
        Tags = [.. from.Tags],
        Prerequisites = [.. from.Prerequisites],
        IsPromoted = from.Promoted,
        Lessons = [.. from.Lessons.Select((lesson, index) => Read(lesson, $"course.lessons[{index}]", faults))],
        Rule = RuleOf(from.CompletionRule, faults),
        StartsAtMs = TimeOf(from.StartsAt, "course.starts_at", faults),
        EndsAtMs = TimeOf(from.EndsAt, "course.ends_at", faults),
        TimeZone = from.TimeZone.Length == 0 ? DefaultTimeZone : from.TimeZone,
    };

    public static Wire.Course ToWire(CourseDefinition course) => new()
    {
        CourseId = course.Course.Value,
        Title = course.Title,
        Tags = { course.Tags },
        Prerequisites = { course.Prerequisites },
        Promoted = course.IsPromoted,
        Lessons = { course.Lessons.Select(ToWire) },
        CompletionRule = ToWire(course.Rule),
        StartsAt = course.StartsAtMs is { } startsAtMs ? TimestampMapping.From(startsAtMs) : null,
        EndsAt = course.EndsAtMs is { } endsAtMs ? TimestampMapping.From(endsAtMs) : null,
        TimeZone = course.TimeZone,
        Draft = course.IsDraft,
        Version = course.Version,
        CreatedAt = TimestampMapping.FromOptional(course.CreatedAtMs),
        UpdatedAt = TimestampMapping.FromOptional(course.UpdatedAtMs),
    };

    private static LessonDefinition Read(Wire.Lesson from, string at, List<Rejection> faults) => new()
    {
        Id = from.LessonId,
        Title = from.Title,
        Kind = KindOf(from.Kind, $"{at}.kind", faults),
        LengthMs = LengthOf(from.Length, $"{at}.length", faults),
        Required = !from.HasRequired || from.Required,
        Weight = from.HasWeight ? from.Weight : DefaultWeight,
        DueAtMs = TimeOf(from.DueAt, $"{at}.due_at", faults),
        CompletionThreshold = from.HasCompletionThreshold ? from.CompletionThreshold : DefaultThreshold,
        SceneChanges = SceneChangesOf(from.SceneChanges, $"{at}.scene_changes", faults),
    };

    private static Wire.Lesson ToWire(LessonDefinition lesson) => new()
    {
        LessonId = lesson.Id,
        Title = lesson.Title,
        Kind = ToWire(lesson.Kind),
        Length = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(lesson.LengthMs)),
        Required = lesson.Required,
        Weight = lesson.Weight,
        DueAt = lesson.DueAtMs is { } dueAtMs ? TimestampMapping.From(dueAtMs) : null,
        CompletionThreshold = lesson.CompletionThreshold,
        SceneChanges = { lesson.SceneChanges.PositionsMs.ToArray().Select(positionMs => positionMs / 1000.0) },
    };

    private static SceneChanges SceneChangesOf(RepeatedField<double> seconds, string field, List<Rejection> faults)
    {
        for (var i = 0; i < seconds.Count; i++)
        {
            // What no number of milliseconds holds; the bounds themselves are the Domain's to check.
            if (!(Math.Abs(seconds[i]) < 1e9))
            {
                faults.Add(new(RejectionReason.InvalidField, $"{field}[{i}]", "Send seconds from the video's start, 0 to 172,800, in ascending order."));
                return SceneChanges.None;
            }
        }

        return seconds.Count == 0 ? SceneChanges.None : new(seconds.Select(s => (long)Math.Round(s * 1000)));
    }

    private static LessonKind KindOf(Wire.LessonKind kind, string field, List<Rejection> faults)
    {
        switch (kind)
        {
            case Wire.LessonKind.Video:
                return LessonKind.Video;
            case Wire.LessonKind.Reading:
                return LessonKind.Reading;
            case Wire.LessonKind.Quiz:
                return LessonKind.Quiz;
            case Wire.LessonKind.Assignment:
                return LessonKind.Assignment;
            case Wire.LessonKind.Live:
                return LessonKind.Live;
            case Wire.LessonKind.Unspecified or Wire.LessonKind.Other:
                return LessonKind.Other;
            default:
                faults.Add(new(RejectionReason.InvalidField, field, "Send one of the known kinds of lesson."));
                return LessonKind.Other;
        }
    }

    public static Wire.LessonKind ToWire(LessonKind kind) => kind switch
    {
        LessonKind.Video => Wire.LessonKind.Video,
        LessonKind.Reading => Wire.LessonKind.Reading,
        LessonKind.Quiz => Wire.LessonKind.Quiz,
        LessonKind.Assignment => Wire.LessonKind.Assignment,
        LessonKind.Live => Wire.LessonKind.Live,
        _ => Wire.LessonKind.Other,
    };

    private static CompletionRule RuleOf(Wire.CompletionRule? from, List<Rejection> faults)
    {
        switch (from?.RuleCase)
        {
            case null or Wire.CompletionRule.RuleOneofCase.AllRequired:
                return CompletionRule.AllRequired;
            case Wire.CompletionRule.RuleOneofCase.Share:
                return new(CompletionRuleKind.Share, from.Share, null);
            case Wire.CompletionRule.RuleOneofCase.Assessment:
                return new(CompletionRuleKind.Assessment, from.Assessment.MinScoreShare, from.Assessment.ObjectId);
            default:
                faults.Add(new(RejectionReason.MissingField, "course.completion_rule.rule", "Set one of the rules, or leave completion_rule out."));
                return CompletionRule.AllRequired;
        }
    }

    private static Wire.CompletionRule ToWire(CompletionRule rule) => rule.Kind switch
    {
        CompletionRuleKind.Share => new() { Share = rule.Share },
        CompletionRuleKind.Assessment => new() { Assessment = new() { ObjectId = rule.Assessment ?? "", MinScoreShare = rule.Share } },
        _ => new() { AllRequired = new() },
    };

    private static long LengthOf(Duration? from, string field, List<Rejection> faults)
    {
        if (from is null)
        {
            return 0;
        }

        // The bounds of the format; those of a lesson are narrower and the Domain's to check.
        if (from.Seconds is < -315_576_000_000 or > 315_576_000_000 || from.Nanos is < -999_999_999 or > 999_999_999)
        {
            faults.Add(new(RejectionReason.InvalidField, field, "Send a length from 0 to 48 hours."));
            return 0;
        }

        return (from.Seconds * 1000) + (long)Math.Round(from.Nanos / 1e6);
    }

    private static long? TimeOf(Timestamp? from, string field, List<Rejection> faults)
    {
        if (from is null)
        {
            return null;
        }

        if (EventMapping.TimeOf(from, field, out var ms) is { } fault)
        {
            faults.Add(fault);
        }

        return ms;
    }
}
