using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

public class LearnerReplayTests
{
    private const int HistoryDays = 40;

    private static readonly Gen<(LearnerEvent[] History, CourseDefinition[] Courses)> _learner = Gen.Select(LearnerEventGen.History(60, HistoryDays), CourseBuilder.Catalog());

    private static readonly CourseDefinition _course = HistoryBuilder.Courses[0];

    // A model trained on a tiny history scores a learner who is lived through exactly as it scores the learner's replayed history.
    [Fact]
    public void Run_LearnerLivedThrough_HasTheSameScoreBitForBit()
    {
        var history = HistoryBuilder.Class(120);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(null, 1), [CourseView.AsDefined], null, CancellationToken.None).Training;
        var options = new TrainingOptions { Boosting = new() { Trees = 20, Leaves = 8, LeafRowsMin = 5, Threads = 1 } };
        var model = CompletionTrainer.Train(history, rows, options, new Progress<TrainingProgress>(), "", CancellationToken.None);
        _learner.Sample(
            learner =>
            {
                var live = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, course => learner.Courses.Single(c => c.Course == course));
                foreach (var e in learner.History)
                {
                    live.Record(e.OccurredAtMs, e);
                }

                var asOfMs = MondayMs + ((HistoryDays + 1) * DayMs);
                foreach (var (course, offline) in Replayed(learner, asOfMs))
                {
                    var enrolment = live.State.FindEnrolment(course)!;
                    var definition = learner.Courses.Single(c => c.Course == course);
                    var vector = new float[CompletionFeatures.Count];
                    CompletionFeatures.Fill(live.State, enrolment, definition, ProgressRules.Measure(enrolment, definition), asOfMs, vector);

                    Assert.Equal(vector, offline);
                    Assert.Equal(BitConverter.DoubleToInt64Bits(model.Sum(vector)), BitConverter.DoubleToInt64Bits(model.Sum(offline)));
                }
            },
            iter: 100);
    }

    [Fact]
    public void Run_EventReceivedAtTheInstant_IsNotKnownYet()
    {
        var known = HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, 0, 3));
        var later = HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, 2, 50));

        Assert.Equal(VectorOf(later.ReceivedAtMs, known), VectorOf(later.ReceivedAtMs, known, later));
        Assert.NotEqual(VectorOf(later.ReceivedAtMs + 1, known), VectorOf(later.ReceivedAtMs + 1, known, later));
    }

    [Fact]
    public void Run_EventThatHappenedBeforeButWasReceivedAfterwards_IsNotKnownYet()
    {
        var known = HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, 0, 3));
        var asOfMs = MondayMs + (5 * DayMs);
        var late = HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, 1, 50)) with { ReceivedAtMs = asOfMs + DayMs };

        Assert.Equal(VectorOf(asOfMs, known), VectorOf(asOfMs, known, late));
        Assert.NotEqual(VectorOf(asOfMs + (2 * DayMs), known), VectorOf(asOfMs + (2 * DayMs), known, late));
    }

    [Theory]
    [InlineData(EventKind.Withdrew, 2, false)]
    [InlineData(EventKind.Withdrew, 9, true)]
    [InlineData(EventKind.PromotionShown, 2, true)]
    public void Run_Enrolment_IsAtRiskUntilItWithdraws(EventKind kind, int day, bool isAtRisk)
    {
        var known = HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, 0, 3));
        var other = HistoryBuilder.Received(Event(kind, "other", MondayMs + (day * DayMs), _course.Course.Value));

        Assert.Equal(isAtRisk, VectorOf(MondayMs + (7 * DayMs), known, other) is not null);
    }

    [Fact]
    public void Run_MereContact_IsNotAtRisk() =>
        Assert.Null(VectorOf(MondayMs + (7 * DayMs), HistoryBuilder.Received(Event(EventKind.PromotionShown, "other", MondayMs, _course.Course.Value))));

    private static float[]? VectorOf(long asOfMs, params ReceivedEvent[] events)
    {
        float[]? taken = null;
        LearnerReplay.Run(new(new("ada"), events), _ => _course, [new(_course.Course, asOfMs)], (_, vector) => taken = vector.ToArray());
        return taken;
    }

    private static List<(CourseId Course, float[] Vector)> Replayed((LearnerEvent[] History, CourseDefinition[] Courses) learner, long asOfMs)
    {
        var taken = new List<(CourseId, float[])>();
        LearnerReplay.Run(
            new(new("ada"), [.. learner.History.Select(HistoryBuilder.Received)]),
            course => learner.Courses.Single(c => c.Course == course),
            [.. learner.Courses.Select(course => new SnapshotRequest(course.Course, asOfMs))],
            (request, vector) => taken.Add((learner.Courses[request].Course, vector.ToArray())));
        return taken;
    }
}
