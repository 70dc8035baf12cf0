using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Export;

/// <summary>Puts stored events and courses back into the form in which producers send them; <see cref="HistoryMapping"/> reads the same facts from it.</summary>
internal static class ExportMapping
{
    private const double MsPerSecond = 1000;

    /// <summary>An instant.</summary>
    public static Timestamp TimeOf(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    /// <summary>An event, at the time after any clock correction.</summary>
    public static Wire.Event ToWire(LearnerId learner, LearnerEvent from)
    {
        var e = new Wire.Event
        {
            EventId = from.EventId,
            Source = from.Source,
            LearnerId = learner.Value,
            CourseId = from.Course.Value,
            LessonId = from.Lesson ?? "",
            SessionId = from.Session ?? "",
            ObjectId = from.ObjectId ?? "",
            TargetLearnerId = from.TargetLearner ?? "",
            OccurredAt = TimeOf(from.OccurredAtMs),
        };
        if (from.PositionMs is { } positionMs)
        {
            e.Position = positionMs / MsPerSecond;
        }

        EventKinds.SetBody(e, HistoryMapping.BodyOf(from.Kind));
        FillBody(e, from);
        return e;
    }

    /// <summary>A course's definition.</summary>
    public static Wire.Course ToWire(CourseDefinition from) => new()
    {
        CourseId = from.Course.Value,
        Title = from.Title,
        Tags = { from.Tags },
        Prerequisites = { from.Prerequisites },
        Promoted = from.IsPromoted,
        Lessons = { from.Lessons.Select(ToWire) },
        CompletionRule = from.Rule.Kind switch
        {
            CompletionRuleKind.Share => new() { Share = from.Rule.Share },
            CompletionRuleKind.Assessment => new() { Assessment = new() { ObjectId = from.Rule.Assessment ?? "", MinScoreShare = from.Rule.Share } },
            _ => new() { AllRequired = new() },
        },
        StartsAt = from.StartsAtMs is { } startsAtMs ? TimeOf(startsAtMs) : null,
        EndsAt = from.EndsAtMs is { } endsAtMs ? TimeOf(endsAtMs) : null,
        TimeZone = from.TimeZone,
    };

    private static Wire.Lesson ToWire(LessonDefinition from) => new()
    {
        LessonId = from.Id,
        Title = from.Title,
        Kind = from.Kind switch
        {
            LessonKind.Video => Wire.LessonKind.Video,
            LessonKind.Reading => Wire.LessonKind.Reading,
            LessonKind.Quiz => Wire.LessonKind.Quiz,
            LessonKind.Assignment => Wire.LessonKind.Assignment,
            LessonKind.Live => Wire.LessonKind.Live,
            _ => Wire.LessonKind.Other,
        },
        Length = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(from.LengthMs)),
        Required = from.Required,
        Weight = from.Weight,
        DueAt = from.DueAtMs is { } dueAtMs ? TimeOf(dueAtMs) : null,
        CompletionThreshold = from.CompletionThreshold,
    };

    private static void FillBody(Wire.Event e, LearnerEvent from)
    {
        switch (e.BodyCase)
        {
            case Wire.Event.BodyOneofCase.VideoSeeked:
                (e.VideoSeeked.From, e.VideoSeeked.To) = (from.FromMs / MsPerSecond, from.ToMs / MsPerSecond);
                break;
            case Wire.Event.BodyOneofCase.VideoWatched:
                (e.VideoWatched.From, e.VideoWatched.To, e.VideoWatched.Speed) = (from.FromMs / MsPerSecond, from.ToMs / MsPerSecond, from.Speed);
                break;
            case Wire.Event.BodyOneofCase.Commented:
                e.Commented.Text = from.Text ?? "";
                break;
            case Wire.Event.BodyOneofCase.Rated:
                (e.Rated.Stars, e.Rated.Text) = (from.Value, from.Text ?? "");
                break;
            case Wire.Event.BodyOneofCase.Withdrew:
                e.Withdrew.Reason = from.Text ?? "";
                break;
            case Wire.Event.BodyOneofCase.QuestionAsked:
                e.QuestionAsked.Text = from.Text ?? "";
                break;
            case Wire.Event.BodyOneofCase.QuestionAnswered:
                e.QuestionAnswered.Text = from.Text ?? "";
                break;
            case Wire.Event.BodyOneofCase.AssessmentSubmitted:
                (e.AssessmentSubmitted.Score, e.AssessmentSubmitted.MaxScore) = (from.Value, from.MaxValue);
                e.AssessmentSubmitted.DueAt = from.DueAtMs is { } dueAtMs ? TimeOf(dueAtMs) : null;
                break;
            case Wire.Event.BodyOneofCase.ActivityRecorded:
                (e.ActivityRecorded.Family, e.ActivityRecorded.Count) = ((Wire.ActivityFamily)from.Family, checked((int)from.Count));
                break;
            case Wire.Event.BodyOneofCase.CheckInMadeUp:
                e.CheckInMadeUp.DaysAgo = checked((int)from.Count);
                break;
        }
    }
}
