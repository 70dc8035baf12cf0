using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion.Prequential;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.UnitTests.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Prequential;

public class PrequentialReplayTests
{
    private const long DayMs = LearnerTime.DayMs;
    private const int ApartDays = 20;
    private static readonly CompletionHistory _history = Staggered(HistoryBuilder.Class(600));
    private static readonly PrequentialOptions _options = new()
    {
        Training = new() { Boosting = new() { Trees = 10, Leaves = 4, LeafRowsMin = 10, Threads = 1 } },
        TrainCourses = new HashSet<CourseId> { new("course-0") },
    };

    [Fact]
    public void Run_Courses_PredictsEachWeekInTheOrderOfTimeAndLearnsOnlyFromWhatHasMatured()
    {
        var rows = Run(_history, _options).Rows;

        Assert.Equal(rows.Select(row => row.PredictedAtMs).Order(), rows.Select(row => row.PredictedAtMs));
        Assert.DoesNotContain(rows, row => row.Course.Value == "course-0");
        Assert.All(rows, row => Assert.Equal(_history.Courses[row.Course].EndsAtMs + (10 * DayMs), row.MaturesAtMs));
        var first = rows.Min(row => row.MaturesAtMs);
        Assert.All(rows.Where(row => row.PredictedAtMs < first), row => Assert.Equal(row.Logit, row.Served));
        Assert.Contains(rows, row => row.PredictedAtMs >= first && row.Served != row.Logit);
    }

    // A label that moved a prediction made before it matured would be a leak from the future.
    [Fact]
    public void Run_LabelsOfACourseTurnedRound_MoveNoPredictionBeforeTheyMature()
    {
        var turned = _history with { Outcomes = [.. _history.Outcomes.Select(outcome => outcome.Course.Value == "course-2" ? outcome with { Completed = !outcome.Completed } : outcome)] };
        var maturesAt = _history.Courses[new("course-2")].EndsAtMs!.Value + (10 * DayMs);

        var (before, after) = (Run(_history, _options).Rows, Run(turned, _options).Rows);

        var pairs = before.Zip(after).ToList();
        Assert.All(pairs.Where(pair => pair.First.PredictedAtMs < maturesAt), pair =>
            Assert.Equal((pair.First.Served, pair.First.Persistence), (pair.Second.Served, pair.Second.Persistence)));
        Assert.All(pairs.Where(pair => pair.First.PredictedAtMs >= maturesAt), pair => Assert.NotEqual(pair.First.Served, pair.Second.Served));
        Assert.Contains(pairs, pair => pair.First.PredictedAtMs >= maturesAt);
    }

    [Fact]
    public void Run_LearnedUnderEveryView_PredictsCoursesAsDefinedOnly()
    {
        var views = Run(_history, _options with { Training = _options.Training with { Views = CourseViews.All } }).Rows;

        var plain = Run(_history, _options).Rows;
        Assert.Equal(plain.Select(row => (row.Outcome, row.PredictedAtMs)), views.Select(row => (row.Outcome, row.PredictedAtMs)));
        Assert.NotEqual(plain.Select(row => row.Logit), views.Select(row => row.Logit));
    }

    [Fact]
    public void Run_PlantedShift_IsInTheLogitsFromThatShareOn()
    {
        var (plain, shifted) = (Run(_history, _options).Rows, Run(_history, _options with { Shift = 1, ShiftAt = 0.25 }).Rows);

        var from = (int)(0.25 * plain.Count);
        Assert.All(shifted.Select((row, i) => (row, i)), pair =>
        {
            Assert.Equal(pair.i >= from, pair.row.IsShifted);
            Assert.Equal(plain[pair.i].Logit + (pair.i >= from ? 1 : 0), pair.row.Logit, 1e-12);
        });
        Assert.Equal(0, shifted[from].ShiftedLabels);
        Assert.True(shifted[^1].ShiftedLabels > 0);
        // What was learned from shifted labels reads a shifted logit lower than what was learned from plain ones reads it.
        Assert.True(shifted[^1].Served - shifted[^1].Logit < plain[^1].Served - plain[^1].Logit - 0.2);
    }

    [Fact]
    public void Run_ShareOfEnrolments_TrainsOnThoseThatMatureFirstAndPredictsFromThenOn()
    {
        var result = Run(_history, _options with { TrainCourses = null, TrainShare = 0.3 });

        Assert.Equal((2, 200), (result.TrainedCourses, result.TrainedEnrolments));
        var trainedAt = _history.Courses[new("course-1")].EndsAtMs + (10 * DayMs);
        Assert.All(result.Rows, row => Assert.True(row.PredictedAtMs >= trainedAt));
        Assert.Equal(["course-2", "course-3", "course-4", "course-5"], result.Rows.Select(row => row.Course.Value).Distinct().Order());
    }

    [Fact]
    public void Run_AllCoursesAtOnce_HasNothingToPredictUnlessCoursesAreNamed()
    {
        var together = HistoryBuilder.Class(60);

        Assert.Null(PrequentialReplay.Run(together, _options with { TrainCourses = null }, new Progress<TrainingProgress>(), CancellationToken.None));
        Assert.NotEmpty(Run(together, _options).Rows);
    }

    [Fact]
    public void PartsOf_ShiftedReplay_AreInOrderAndWithoutOverlap()
    {
        var rows = Run(_history, _options with { Shift = 1, ShiftAt = 0.25 }).Rows;

        var parts = PrequentialReport.PartsOf(rows, 100, 150).ToList();

        Assert.Equal(rows, parts[0].Rows);
        Assert.Equal(rows, parts.Skip(1).SelectMany(part => part.Rows));
        Assert.Equal(150, parts[3].Rows.Count);
        Assert.All(parts[3].Rows, row => Assert.True(row.ShiftedLabels >= 100));
    }

    private static PrequentialResult Run(CompletionHistory history, PrequentialOptions options) =>
        PrequentialReplay.Run(history, options, new Progress<TrainingProgress>(), CancellationToken.None)!;

    // Each course begins some weeks after the one before it.
    private static CompletionHistory Staggered(CompletionHistory history)
    {
        long By(CourseId course) => (course.Value[^1] - '0') * ApartDays * DayMs;
        return history with
        {
            Courses = history.Courses.ToDictionary(pair => pair.Key, pair => pair.Value with
            {
                StartsAtMs = pair.Value.StartsAtMs + By(pair.Key),
                EndsAtMs = pair.Value.EndsAtMs + By(pair.Key),
            }),
            Learners = history.Learners.ToDictionary(pair => pair.Key, pair => pair.Value with
            {
                Events = [.. pair.Value.Events.Select(e => HistoryBuilder.Received(e.Event with { OccurredAtMs = e.Event.OccurredAtMs + By(e.Event.Course) }))],
            }),
            Outcomes = [.. history.Outcomes.Select(outcome => outcome with { ObservedUntilMs = outcome.ObservedUntilMs + By(outcome.Course) })],
        };
    }
}
