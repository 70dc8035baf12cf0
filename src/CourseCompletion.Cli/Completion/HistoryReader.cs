using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>Reads a history to learn from: events by learner in the order of receipt, courses with dates, outcomes.</summary>
internal static class HistoryReader
{
    /// <summary>Reads it.</summary>
    /// <param name="layout">The files.</param>
    /// <param name="target">What an outcome of 1 means.</param>
    /// <param name="faults">Where malformed rows are counted.</param>
    /// <param name="progress">Told every now and then how many events were read.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    public static CompletionHistory Read(
        IHistoryLayout layout, CompletionTarget target, RowFaults faults, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var outcomes = layout.ReadOutcomes(faults).ToList();
        var received = outcomes.Select(outcome => outcome.LearnerId).Distinct().ToDictionary(id => id, _ => new List<ReceivedEvent>(), StringComparer.Ordinal);
        var spans = new Dictionary<string, CourseSpan>(StringComparer.Ordinal);
        var read = 0;
        foreach (var (e, receivedAt) in layout.ReadHistory(faults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (received.TryGetValue(e.LearnerId, out var events))
            {
                var made = HistoryMapping.ToDomain(e);
                if (LearnerEventRules.Check(made) is { } fault)
                {
                    faults.Skip($"events that the rules refuse ({fault.Field}: {fault.Message})");
                    continue;
                }

                events.Add(new(made, HistoryMapping.MsOf(receivedAt)));
                SpanOf(spans, e.CourseId).Begin(made.OccurredAtMs);
            }

            progress.Report(++read);
        }

        AddEnrolments(outcomes, received, spans);
        var defined = layout.ReadCourses(faults).Select(HistoryMapping.ToDomain).ToDictionary(course => course.Course);
        return new(
            target,
            outcomes.Select(outcome => new CourseId(outcome.CourseId)).Union(defined.Keys)
                .Union(received.Values.SelectMany(events => events.Select(e => e.Event.Course)))
                .ToDictionary(course => course, course => WithDates(defined.GetValueOrDefault(course), course, SpanOf(spans, course.Value))),
            received.ToDictionary(pair => new LearnerId(pair.Key), pair => ToHistory(pair.Key, pair.Value)),
            [.. outcomes.Select(outcome => new EnrolmentOutcome(
                new(outcome.LearnerId), new(outcome.CourseId), HistoryMapping.MsOf(outcome.ObservedUntil), outcome.Completed))]);
    }

    private static CourseSpan SpanOf(Dictionary<string, CourseSpan> spans, string course) =>
        spans.TryGetValue(course, out var span) ? span : spans[course] = new();

    // A known time of enrolment that no event tells of is told as an event.
    private static void AddEnrolments(List<Outcome> outcomes, Dictionary<string, List<ReceivedEvent>> received, Dictionary<string, CourseSpan> spans)
    {
        foreach (var outcome in outcomes)
        {
            var span = SpanOf(spans, outcome.CourseId);
            span.End(HistoryMapping.MsOf(outcome.ObservedUntil));
            var events = received[outcome.LearnerId];
            if (outcome.EnrolledAt is not { } enrolledAt || events.Exists(e => e.Event.Kind == EventKind.Enrolled && e.Event.Course.Value == outcome.CourseId))
            {
                continue;
            }

            var atMs = HistoryMapping.MsOf(enrolledAt);
            span.Begin(atMs);
            events.Add(new(
                new()
                {
                    Source = "outcomes",
                    EventId = DerivedId.Of($"enrolled/{outcome.CourseId}/{outcome.LearnerId}"),
                    Course = new(outcome.CourseId),
                    Kind = EventKind.Enrolled,
                    OccurredAtMs = atMs,
                },
                atMs));
        }
    }

    private static LearnerHistory ToHistory(string learner, List<ReceivedEvent> events) => new(new(learner), [.. events.OrderBy(e => e.ReceivedAtMs)]);

    // Without dates of its own a course runs from the day of its first event until the observation ends.
    private static CourseDefinition WithDates(CourseDefinition? defined, CourseId course, CourseSpan span)
    {
        var known = defined ?? CourseDefinition.Draft(course, 0);
        var startsAtMs = known.StartsAtMs ?? (span.FirstMs == long.MaxValue ? 0 : LearnerTime.DayOf(span.FirstMs) * LearnerTime.DayMs);
        return known with { StartsAtMs = startsAtMs, EndsAtMs = known.EndsAtMs ?? Math.Max(startsAtMs + LearnerTime.DayMs, span.LastMs) };
    }

    private sealed class CourseSpan
    {
        public long FirstMs { get; private set; } = long.MaxValue;

        public long LastMs { get; private set; }

        public void Begin(long atMs) => FirstMs = Math.Min(FirstMs, atMs);

        public void End(long atMs) => LastMs = Math.Max(LastMs, atMs);
    }
}
