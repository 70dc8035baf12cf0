using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

public class HazardTrainerTests
{
    private const int CourseDays = 84;

    private static readonly (CompletionHistory History, List<SnapshotRow> Rows, HazardHead Hazard) _trained = Train();

    // Half of the class stops on day 17; the other half goes on to the end.
    [Fact]
    public void HazardOf_LearnersWhoAreSilent_IsHigherThanOfThoseWhoAreNot()
    {
        var silent = Hazards(row => Day(row) is > 28 and < 60 && row.Vector[FeatureIndex.ActiveDays7] == 0);
        var active = Hazards(row => Day(row) is > 28 and < 60 && row.Vector[FeatureIndex.ActiveDays7] > 4);

        Assert.True(silent.Min() > 0.5 && active.Max() < 0.2, $"{silent.Min()} {active.Max()}");
    }

    [Fact]
    public void WeekOfStop_SilentLearner_IsTheNextWeek()
    {
        var forecast = _trained.Hazard.WeekOfStop(_trained.Rows.First(row => Day(row) is > 30 and < 40 && row.Vector[FeatureIndex.ActiveDays7] == 0).Vector);

        Assert.Equal(0, forecast.WeeksAhead);
        Assert.InRange(forecast.Probability, 0.5f, 1);
        Assert.InRange(forecast.ByTheEnd, forecast.Probability, 1);
    }

    // Weeks follow the chain rule: what is left before a week, times its hazard.
    [Fact]
    public void WeekOfStop_AnyVector_IsTheLikeliestOfTheWeeksLeft() => Assert.All(_trained.Rows, row =>
    {
        var weeksLeft = Math.Clamp((int)Math.Ceiling((CourseDays - Math.Max(0.001, Day(row))) / 7 - 1e-4), 1, HazardHead.WeeksMax);
        var (best, most, remaining) = (0, 0.0, 1.0);
        for (var week = 0; week < weeksLeft; week++)
        {
            var stops = remaining * _trained.Hazard.HazardOf(row.Vector, week);
            (best, most) = stops > most ? (week, stops) : (best, most);
            remaining -= stops;
        }

        var forecast = _trained.Hazard.WeekOfStop(row.Vector);
        Assert.Equal(best, forecast.WeeksAhead);
        Assert.Equal(most, forecast.Probability, 1e-5);
        Assert.Equal(1 - remaining, forecast.ByTheEnd, 1e-5);
    });

    [Fact]
    public void HazardOf_MoreRecentActivity_NeverRaisesIt() => Assert.All(_trained.Rows, row =>
    {
        var more = (float[])row.Vector.Clone();
        more[FeatureIndex.ActiveDays7] += 2;
        more[FeatureIndex.HoursSilent] /= 2;

        Assert.True(_trained.Hazard.HazardOf(more, 0) <= _trained.Hazard.HazardOf(row.Vector, 0) + 1e-6);
    });

    [Fact]
    public void Train_NobodyStops_IsNone()
    {
        var history = HistoryBuilder.Class(20);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(7, 1), [CourseView.AsDefined], null, CancellationToken.None).Training;

        Assert.Null(HazardTrainer.Train(history, rows, new() { Instants = new(7, 1) }, new Progress<TrainingProgress>(), "", CancellationToken.None));
    }

    private static List<float> Hazards(Func<SnapshotRow, bool> of) => [.. _trained.Rows.Where(of).Select(row => _trained.Hazard.HazardOf(row.Vector, 0))];

    private static double Day(SnapshotRow row) => PortableMath.ExpM1(row.Vector[FeatureIndex.ElapsedDays]);

    private static (CompletionHistory, List<SnapshotRow>, HazardHead) Train()
    {
        var course = HistoryBuilder.Courses[0] with { EndsAtMs = MondayMs + (CourseDays * DayMs) };
        var history = new CompletionHistory(
            CompletionTarget.Passed,
            new Dictionary<Domain.Courses.CourseId, Domain.Courses.CourseDefinition> { [course.Course] = course },
            Enumerable.Range(0, 200).ToDictionary(i => new Domain.Learners.LearnerId($"l{i}"), i => new LearnerHistory(
                new($"l{i}"),
                [.. Enumerable.Range(0, i % 2 == 0 ? 17 : CourseDays).Where(day => (day + i) % 7 != 0).Select(day => HistoryBuilder.Received(HistoryBuilder.Active(course.Course, day, 2)))])),
            [.. Enumerable.Range(0, 200).Select(i => new EnrolmentOutcome(new($"l{i}"), course.Course, course.EndsAtMs!.Value, i % 2 == 1))]);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(null, 1), [CourseView.AsDefined], null, CancellationToken.None).Training;
        var options = new TrainingOptions { Boosting = new() { Trees = 60, Leaves = 8, LeafRowsMin = 10, LearningRate = 0.1, Threads = 1 } };
        return (history, rows, HazardTrainer.Train(history, rows, options, new Progress<TrainingProgress>(), "", CancellationToken.None)!);
    }
}
