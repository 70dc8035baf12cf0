using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerAllocationTests
{
    private const int Lessons = 40;
    private const int EventsPerDay = 1440;

    private static readonly LearnerPolicy _policy = LearnerPolicy.Default;

    private readonly PriorCompletionPredictor _predictor = new();

    private readonly LearnerState _state = new();

    private readonly CourseDefinition _course = new()
    {
        Course = new("algebra"),
        Version = 1,
        StartsAtMs = MondayMs,
        EndsAtMs = MondayMs + (300 * DayMs),
        Lessons = [.. Enumerable.Range(0, Lessons).Select(i => new LessonDefinition { Id = $"lesson-{i}", LengthMs = 600_000 })],
    };

    [Fact]
    public void FoldAndConclude_AfterALongHistory_AllocateAsManyBytesAsBefore()
    {
        // The first days meet new lessons and warm the code; then every day brings the same.
        Live(0, 10);
        var young = Live(10, 10);
        Live(20, 190);
        var old = Live(210, 10);

        Assert.InRange(old, 0, young * 1.01);
    }

    // Bytes allocated by the rules over some days of a heartbeat a minute.
    private long Live(int firstDay, int days)
    {
        var allocated = 0L;
        var vector = new float[CompletionFeatures.Count];
        for (var day = firstDay; day < firstDay + days; day++)
        {
            var events = Enumerable.Range(day * EventsPerDay, EventsPerDay).Select(EventAt).ToArray();
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var e in events)
            {
                var identity = EventIdentity.Of(e.Source, e.EventId);
                if (LearnerRules.Decide(_state, e, identity, e.OccurredAtMs, _policy).Status != DecisionStatus.Accepted)
                {
                    throw new InvalidOperationException("Every event is new.");
                }

                var enrolment = LearnerRules.Fold(_state, e, identity, _policy);
                LearnerRules.Conclude(enrolment, CompletionRules.Conclude(_state, enrolment, _course, _predictor, e.OccurredAtMs, vector), e.OccurredAtMs);
            }

            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            DedupeRules.MarkSealed(_state);
        }

        return allocated;
    }

    private static LearnerEvent EventAt(int n) => Watched($"lesson-{n / 60 % Lessons}", n % 60 * 10_000, (n % 60 * 10_000) + 10_000, $"{n}", MondayMs + (n * MinuteMs));
}
