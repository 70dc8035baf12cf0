using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

/// <summary>Well-formed events as clients send them.</summary>
internal static class WireEvents
{
    /// <summary>2026-01-05T10:00:00Z.</summary>
    public const long AtMs = 1_767_607_200_000;

    public static Wire.Event Liked(string learnerId, string eventId = "e1", string courseId = "c1") => new()
    {
        EventId = eventId,
        Source = "test",
        LearnerId = learnerId,
        CourseId = courseId,
        OccurredAt = new Timestamp { Seconds = AtMs / 1000 },
        Liked = new Wire.Liked(),
    };

    public static Wire.StreamEventsRequest Batch(string batchId, params Wire.Event[] events) => new() { BatchId = batchId, Events = { events } };

    /// <summary>A well-formed event of every kind.</summary>
    public static Wire.Event Of(Wire.Event.BodyOneofCase body)
    {
        var made = Liked("l1");
        made.LessonId = "lesson";
        made.ObjectId = "object";
        switch (body)
        {
            case Wire.Event.BodyOneofCase.VideoSeeked:
                made.VideoSeeked = new() { From = 20, To = 10.5 };
                break;
            case Wire.Event.BodyOneofCase.VideoWatched:
                made.VideoWatched = new() { From = 1.0004, To = 2.0006, Speed = 1.5 };
                break;
            case Wire.Event.BodyOneofCase.Commented:
                made.Commented = new() { Text = "said" };
                break;
            case Wire.Event.BodyOneofCase.Rated:
                made.Rated = new() { Stars = 4.5, Text = "good" };
                break;
            case Wire.Event.BodyOneofCase.Withdrew:
                made.Withdrew = new() { Reason = "no time" };
                break;
            case Wire.Event.BodyOneofCase.AssessmentSubmitted:
                made.AssessmentSubmitted = new() { Score = 7, MaxScore = 10, DueAt = new Timestamp { Seconds = AtMs / 1000 } };
                break;
            case Wire.Event.BodyOneofCase.QuestionAsked:
                made.QuestionAsked = new() { Text = "why" };
                break;
            case Wire.Event.BodyOneofCase.QuestionAnswered:
                made.QuestionAnswered = new() { Text = "because" };
                break;
            case Wire.Event.BodyOneofCase.ActivityRecorded:
                made.ActivityRecorded = new() { Family = Wire.ActivityFamily.Quiz, Count = 3 };
                break;
            case Wire.Event.BodyOneofCase.CheckInMadeUp:
                made.CheckInMadeUp = new() { DaysAgo = 7 };
                break;
            default:
                var field = Wire.Event.Descriptor.FindFieldByNumber((int)body);
                field.Accessor.SetValue(made, field.MessageType.Parser.ParseFrom(Array.Empty<byte>()));
                break;
        }

        return made;
    }
}
