using System.Globalization;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Makes events of the rows of a neutral <c>events.csv</c>.</summary>
/// <remarks>
/// For a kind about a lesson, <c>object_id</c> is the lesson unless <c>lesson_id</c> says so. <c>count</c> is for
/// <c>activity_recorded</c> and, as days ago, <c>check_in_made_up</c> only. A missing <c>max_value</c> of an assessment is 100.
/// </remarks>
internal sealed class NeutralReader
{
    private const double ScoreMaxDefault = 100;

    private readonly CsvColumn _occurredAt, _eventId, _source, _learner, _course, _kind;
    private readonly CsvColumn _object, _count, _value, _text, _lesson, _session, _position, _from, _to, _speed, _valueMax, _dueAt, _target;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="DataFormatException">A required column is missing.</exception>
    public NeutralReader(CsvTable table)
    {
        _occurredAt = table.Required("occurred_at");
        _eventId = table.Required("event_id");
        _source = table.Required("source");
        _learner = table.Required("learner_id");
        _course = table.Required("course_id");
        _kind = table.Required("kind");
        _object = table.Optional("object_id");
        _count = table.Optional("count");
        _value = table.Optional("value");
        _text = table.Optional("text");
        _lesson = table.Optional("lesson_id");
        _session = table.Optional("session_id");
        _position = table.Optional("position");
        _from = table.Optional("from");
        _to = table.Optional("to");
        _speed = table.Optional("speed");
        _valueMax = table.Optional("max_value");
        _dueAt = table.Optional("due_at");
        _target = table.Optional("target_learner_id");
    }

    /// <summary>Makes the event of a row; false, and why, for a malformed one. Ids and ranges are the server's to judge.</summary>
    public bool TryRead(CsvRecord row, out Event e, out string fault)
    {
        fault = "";
        e = new Event
        {
            EventId = row[_eventId],
            Source = row[_source],
            LearnerId = row[_learner],
            CourseId = row[_course],
            LessonId = row[_lesson],
            SessionId = row[_session],
            ObjectId = row[_object],
            TargetLearnerId = row[_target],
        };
        if (!Rfc3339.TryParse(row[_occurredAt], out var occurredAt))
        {
            fault = $"occurred_at '{row[_occurredAt]}' is no RFC 3339 instant such as 2024-05-01T12:00:00Z";
            return false;
        }

        e.OccurredAt = occurredAt;
        if (!EventKinds.TrySetBody(e, row[_kind]))
        {
            fault = $"kind '{row[_kind]}' is not known";
            return false;
        }

        if (EventKinds.IsAboutLesson(e.BodyCase))
        {
            e.LessonId = e.LessonId.Length > 0 ? e.LessonId : e.ObjectId;
            e.ObjectId = e.ObjectId == e.LessonId ? "" : e.ObjectId;
        }

        return Fill(row, e, ref fault);
    }

    private bool Fill(CsvRecord row, Event e, ref string fault)
    {
        if (row[_position].Length > 0)
        {
            e.Position = Number(row[_position], "position", ref fault);
        }

        if (row[_count] is not ("" or "1") && e.BodyCase is not (Event.BodyOneofCase.ActivityRecorded or Event.BodyOneofCase.CheckInMadeUp))
        {
            fault = $"count is for activity_recorded and check_in_made_up only, not for {row[_kind]}";
        }

        switch (e.BodyCase)
        {
            case Event.BodyOneofCase.VideoSeeked:
                e.VideoSeeked.From = Number(row[_from], "from", ref fault);
                e.VideoSeeked.To = Number(row[_to], "to", ref fault);
                break;
            case Event.BodyOneofCase.VideoWatched:
                e.VideoWatched.From = Number(row[_from], "from", ref fault);
                e.VideoWatched.To = Number(row[_to], "to", ref fault);
                if (row[_speed].Length > 0)
                {
                    e.VideoWatched.Speed = Number(row[_speed], "speed", ref fault);
                }

                break;
            case Event.BodyOneofCase.Commented:
                e.Commented.Text = row[_text];
                break;
            case Event.BodyOneofCase.Rated:
                e.Rated.Stars = Number(row[_value], "value", ref fault);
                e.Rated.Text = row[_text];
                break;
            case Event.BodyOneofCase.Withdrew:
                e.Withdrew.Reason = row[_text];
                break;
            case Event.BodyOneofCase.QuestionAsked:
                e.QuestionAsked.Text = row[_text];
                break;
            case Event.BodyOneofCase.QuestionAnswered:
                e.QuestionAnswered.Text = row[_text];
                break;
            case Event.BodyOneofCase.AssessmentSubmitted:
                FillAssessment(row, e.AssessmentSubmitted, ref fault);
                break;
            case Event.BodyOneofCase.ActivityRecorded:
                FillActivity(row, e, ref fault);
                break;
            case Event.BodyOneofCase.CheckInMadeUp:
                e.CheckInMadeUp.DaysAgo = Count(row, ref fault);
                break;
        }

        return fault.Length == 0;
    }

    private void FillAssessment(CsvRecord row, AssessmentSubmitted body, ref string fault)
    {
        body.Score = Number(row[_value], "value", ref fault);
        body.MaxScore = row[_valueMax].Length > 0 ? Number(row[_valueMax], "max_value", ref fault) : ScoreMaxDefault;
        if (row[_dueAt].Length == 0)
        {
            return;
        }

        if (Rfc3339.TryParse(row[_dueAt], out var dueAt))
        {
            body.DueAt = dueAt;
        }
        else
        {
            fault = $"due_at '{row[_dueAt]}' is no RFC 3339 instant";
        }
    }

    private void FillActivity(CsvRecord row, Event e, ref string fault)
    {
        if (!EventKinds.TryParseFamily(row[_object], out var family))
        {
            fault = $"object_id '{row[_object]}' of activity_recorded is no family: {string.Join(", ", EventKinds.AllFamilies)}";
            return;
        }

        e.ObjectId = "";
        e.ActivityRecorded.Family = family;
        e.ActivityRecorded.Count = Count(row, ref fault);
    }

    private int Count(CsvRecord row, ref string fault)
    {
        if (row[_count].Length == 0)
        {
            return 1;
        }

        if (!int.TryParse(row[_count], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            fault = $"count '{row[_count]}' is no whole number";
        }

        return count;
    }

    private static double Number(string text, string column, ref string fault)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        fault = text.Length == 0 ? $"{column} is missing" : $"{column} '{text}' is no number";
        return 0;
    }
}
