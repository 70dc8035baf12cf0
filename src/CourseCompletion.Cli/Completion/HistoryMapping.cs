using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Completion;

/// <summary>Makes the Domain's events and courses of those that the layouts read.</summary>
/// <remarks>Reads as the gateway does (a test holds the two together), so that a history is folded like a live stream. What the rules refuse, the fold leaves out.</remarks>
internal static class HistoryMapping
{
    private const double MsPerSecond = 1000;
    private const int BodyOffset = (int)Wire.Event.BodyOneofCase.SessionStarted - (int)EventKind.SessionStarted;

    /// <summary>The milliseconds of a time since 1970-01-01 UTC.</summary>
    public static long MsOf(Timestamp from) => (from.Seconds * 1000) + (from.Nanos / 1_000_000);

    /// <summary>The wire's body for a kind of event.</summary>
    public static Wire.Event.BodyOneofCase BodyOf(EventKind kind) => (Wire.Event.BodyOneofCase)((int)kind + BodyOffset);

    /// <summary>Makes an event.</summary>
    public static LearnerEvent ToDomain(Wire.Event from)
    {
        var read = new LearnerEvent
        {
            Source = from.Source,
            EventId = from.EventId,
            Course = new CourseId(from.CourseId),
            Kind = (EventKind)((int)from.BodyCase - BodyOffset),
            OccurredAtMs = MsOf(from.OccurredAt),
            Lesson = Optional(from.LessonId),
            Session = Optional(from.SessionId),
            ObjectId = Optional(from.ObjectId),
            TargetLearner = Optional(from.TargetLearnerId),
            PositionMs = from.HasPosition ? MsOf(from.Position) : null,
        };
        return from.BodyCase switch
        {
            Wire.Event.BodyOneofCase.VideoSeeked => read with { FromMs = MsOf(from.VideoSeeked.From), ToMs = MsOf(from.VideoSeeked.To) },
            Wire.Event.BodyOneofCase.VideoWatched => read with
            {
                FromMs = MsOf(from.VideoWatched.From),
                ToMs = MsOf(from.VideoWatched.To),
                Speed = from.VideoWatched.HasSpeed ? (float)from.VideoWatched.Speed : 1,
            },
            Wire.Event.BodyOneofCase.Commented => read with { Text = Optional(from.Commented.Text) },
            Wire.Event.BodyOneofCase.Rated => read with { Value = from.Rated.Stars, Text = Optional(from.Rated.Text) },
            Wire.Event.BodyOneofCase.Withdrew => read with { Text = Optional(from.Withdrew.Reason) },
            Wire.Event.BodyOneofCase.AssessmentSubmitted => read with
            {
                Value = from.AssessmentSubmitted.Score,
                MaxValue = from.AssessmentSubmitted.MaxScore,
                DueAtMs = from.AssessmentSubmitted.DueAt is { } dueAt ? MsOf(dueAt) : null,
            },
            Wire.Event.BodyOneofCase.QuestionAsked => read with { Text = Optional(from.QuestionAsked.Text) },
            Wire.Event.BodyOneofCase.QuestionAnswered => read with { Text = Optional(from.QuestionAnswered.Text) },
            Wire.Event.BodyOneofCase.ActivityRecorded => read with
            {
                Family = (ActivityFamily)from.ActivityRecorded.Family,
                Count = from.ActivityRecorded.Count,
            },
            Wire.Event.BodyOneofCase.CheckInMadeUp => read with { Count = from.CheckInMadeUp.DaysAgo },
            _ => read,
        };
    }

    /// <summary>Makes a course's definition, version 1.</summary>
    public static CourseDefinition ToDomain(Wire.Course from) => new()
    {
        Course = new CourseId(from.CourseId),
        Version = 1,
        Title = from.Title,
        Tags = [.. from.Tags],
        Prerequisites = [.. from.Prerequisites],
        IsPromoted = from.Promoted,
        Lessons = [.. from.Lessons.Select(ToDomain)],
        Rule = from.CompletionRule?.RuleCase switch
        {
            Wire.CompletionRule.RuleOneofCase.Share => new(CompletionRuleKind.Share, from.CompletionRule.Share, null),
            Wire.CompletionRule.RuleOneofCase.Assessment =>
                new(CompletionRuleKind.Assessment, from.CompletionRule.Assessment.MinScoreShare, from.CompletionRule.Assessment.ObjectId),
            _ => CompletionRule.AllRequired,
        },
        StartsAtMs = from.StartsAt is { } startsAt ? MsOf(startsAt) : null,
        EndsAtMs = from.EndsAt is { } endsAt ? MsOf(endsAt) : null,
        TimeZone = from.TimeZone.Length == 0 ? "UTC" : from.TimeZone,
    };

    private static LessonDefinition ToDomain(Wire.Lesson from) => new()
    {
        Id = from.LessonId,
        Title = from.Title,
        Kind = from.Kind switch
        {
            Wire.LessonKind.Video => LessonKind.Video,
            Wire.LessonKind.Reading => LessonKind.Reading,
            Wire.LessonKind.Quiz => LessonKind.Quiz,
            Wire.LessonKind.Assignment => LessonKind.Assignment,
            Wire.LessonKind.Live => LessonKind.Live,
            _ => LessonKind.Other,
        },
        LengthMs = from.Length is { } length ? (length.Seconds * 1000) + (long)Math.Round(length.Nanos / 1e6) : 0,
        Required = !from.HasRequired || from.Required,
        Weight = from.HasWeight ? from.Weight : 1,
        DueAtMs = from.DueAt is { } dueAt ? MsOf(dueAt) : null,
        CompletionThreshold = from.HasCompletionThreshold ? from.CompletionThreshold : 0.95,
    };

    private static long MsOf(double seconds) => (long)Math.Round(seconds * MsPerSecond);

    private static string? Optional(string text) => text.Length == 0 ? null : text;
}
