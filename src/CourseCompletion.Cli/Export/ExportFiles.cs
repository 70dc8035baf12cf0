using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Cli.Export;

/// <summary>Writes journals as the neutral layout's <c>events.csv</c> and <c>outcomes.csv</c>.</summary>
internal sealed class ExportFiles : IDisposable
{
    private static readonly string[] _outcomeColumns = ["learner_id", "course_id", "enrolled_at", "observed_until", "completed", "completed_at"];

    private readonly ExportPolicy _policy;
    private readonly IReadOnlyDictionary<CourseId, CourseDefinition> _courses;
    private readonly StreamWriter _eventText;
    private readonly StreamWriter _outcomeText;
    private readonly NeutralWriter _events;

    /// <summary>Begins the files in a directory.</summary>
    public ExportFiles(string directory, IReadOnlyDictionary<CourseId, CourseDefinition> courses, ExportPolicy policy)
    {
        (_policy, _courses) = (policy, courses);
        _eventText = DataFile.Create(Path.Combine(directory, "events.csv"));
        _outcomeText = DataFile.Create(Path.Combine(directory, "outcomes.csv"));
        _events = new(_eventText, [.. NeutralColumns.All, NeutralColumns.ReceivedAt]);
        CsvText.WriteRecord(_outcomeText, _outcomeColumns);
    }

    /// <summary>What was written so far.</summary>
    public ExportTally Tally { get; } = new();

    /// <summary>Writes a learner's events in the journal's order, and the outcomes that have matured.</summary>
    /// <exception cref="Domain.Stores.StoreCorruptException">A frame cannot be read.</exception>
    public void Add(ExportedJournal journal)
    {
        var learner = journal.Learner.Learner;
        var state = new LearnerState();
        var receivedAtMs = 0L;
        foreach (var stored in journal.Frames)
        {
            var frame = LearnerFrame.Decode(stored.Payload.Span);

            // Never before the frame ahead of it, even when the server's clock was set back between the two.
            receivedAtMs = Math.Max(receivedAtMs, frame.RecordedAtMs);
            foreach (var e in frame.Events)
            {
                _events.Write(ExportMapping.ToWire(learner, e), ExportMapping.TimeOf(_policy.IsBackfilled ? e.OccurredAtMs : receivedAtMs));
                LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
            }

            Tally.Events += frame.Events.Count;
            Conclude(state, frame);
        }

        Tally.Learners++;
        Tally.MissingFrames += journal.Missing;
        Tally.LearnersWithMissing += journal.Missing > 0 ? 1 : 0;
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.IsEnrolled)
            {
                WriteOutcome(learner, enrolment);
            }
        }
    }

    public void Dispose()
    {
        _eventText.Dispose();
        _outcomeText.Dispose();
    }

    // A conclusion for a course whose events are among the missing ones has nothing to stand on.
    private void Conclude(LearnerState state, LearnerFrame frame)
    {
        var newestAtMs = frame.Events.Select(e => e.OccurredAtMs).DefaultIfEmpty(frame.RecordedAtMs).Max();
        foreach (var conclusion in frame.Conclusions)
        {
            if (state.FindEnrolment(conclusion.Course) is { } enrolment)
            {
                LearnerRules.Conclude(enrolment, conclusion, _policy.IsBackfilled ? newestAtMs : frame.RecordedAtMs);
            }
        }
    }

    private void WriteOutcome(LearnerId learner, EnrolmentState enrolment)
    {
        var course = _courses.TryGetValue(enrolment.Course, out var defined) ? defined : CourseDefinition.Draft(enrolment.Course, 0);
        var maturesAtMs = MaturityRules.MaturesAtMs(course, enrolment.EnrolledAtMs, _policy.Maturity);
        if (maturesAtMs > _policy.NowMs)
        {
            Tally.Immature++;
            return;
        }

        var isCompleted = enrolment.CompletedAtMs != 0 && enrolment.CompletedAtMs <= maturesAtMs;
        var endsAtMs = course.EndsAtMs is { } endMs && enrolment.EnrolledAtMs < endMs ? endMs : maturesAtMs;
        CsvText.WriteRecord(_outcomeText, [
            learner.Value,
            enrolment.Course.Value,
            enrolment.CountOf(EventKind.Enrolled) > 0 ? Time(enrolment.EnrolledAtMs) : "",
            Time(endsAtMs),
            isCompleted ? "1" : "0",
            isCompleted ? Time(enrolment.CompletedAtMs) : "",
        ]);
        Tally.Outcomes++;
        Tally.Completed += isCompleted ? 1 : 0;
    }

    private static string Time(long ms) => Rfc3339.Format(ExportMapping.TimeOf(ms));
}
