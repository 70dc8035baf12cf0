using System.Globalization;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Writes events as a neutral <c>events.csv</c>; <see cref="NeutralReader"/> reads back the same events.</summary>
internal sealed class NeutralWriter
{
    private readonly TextWriter _text;
    private readonly IReadOnlyList<string> _columns;

    /// <summary>Writes the header.</summary>
    public NeutralWriter(TextWriter text, IReadOnlyList<string> columns)
    {
        _text = text;
        _columns = columns;
        CsvText.WriteRecord(text, columns);
    }

    /// <summary>Writes one event.</summary>
    public void Write(Event e) => Write(e, null);

    /// <summary>Writes one event with the time at which it was received, for <see cref="NeutralColumns.ReceivedAt"/>.</summary>
    public void Write(Event e, Timestamp? receivedAt) => CsvText.WriteRecord(
        _text, _columns.Select(column => column == NeutralColumns.ReceivedAt ? receivedAt is null ? "" : Rfc3339.Format(receivedAt) : Field(e, column)));

    private static string Field(Event e, string column) => column switch
    {
        "occurred_at" => Rfc3339.Format(e.OccurredAt),
        "event_id" => e.EventId,
        "source" => e.Source,
        "learner_id" => e.LearnerId,
        "course_id" => e.CourseId,
        "kind" => EventKinds.NameOf(e),
        "object_id" => ObjectOf(e),
        "count" => (e.ActivityRecorded?.Count ?? e.CheckInMadeUp?.DaysAgo)?.ToString(CultureInfo.InvariantCulture) ?? "",
        "value" => Text(e.AssessmentSubmitted?.Score ?? e.Rated?.Stars),
        "text" => TextOf(e),
        "lesson_id" => e.LessonId,
        "session_id" => e.SessionId,
        "position" => Text(e.HasPosition ? e.Position : null),
        "from" => Text(e.VideoWatched?.From ?? e.VideoSeeked?.From),
        "to" => Text(e.VideoWatched?.To ?? e.VideoSeeked?.To),
        "speed" => Text(e.VideoWatched is { HasSpeed: true } watched ? watched.Speed : null),
        "max_value" => Text(e.AssessmentSubmitted?.MaxScore),
        "due_at" => e.AssessmentSubmitted?.DueAt is { } due ? Rfc3339.Format(due) : "",
        "target_learner_id" => e.TargetLearnerId,
        _ => "",
    };

    private static string ObjectOf(Event e)
    {
        if (e.ActivityRecorded is { } activity)
        {
            return EventKinds.NameOf(activity.Family);
        }

        return e.ObjectId.Length == 0 && EventKinds.IsAboutLesson(e.BodyCase) ? e.LessonId : e.ObjectId;
    }

    private static string TextOf(Event e) => e.BodyCase switch
    {
        Event.BodyOneofCase.Commented => e.Commented.Text,
        Event.BodyOneofCase.Rated => e.Rated.Text,
        Event.BodyOneofCase.Withdrew => e.Withdrew.Reason,
        Event.BodyOneofCase.QuestionAsked => e.QuestionAsked.Text,
        Event.BodyOneofCase.QuestionAnswered => e.QuestionAnswered.Text,
        _ => "",
    };

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
