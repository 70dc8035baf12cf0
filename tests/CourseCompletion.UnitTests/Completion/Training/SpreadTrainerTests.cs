using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

public class SpreadTrainerTests
{
    private const int Learners = 300;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.8)]
    public void Train_ManyCourses_FindsHowMuchTheyDiffer(double spread)
    {
        var learned = Train(30, spread);

        // Thirty courses and a prior of two: the mean of their squares.
        var expected = Math.Sqrt(((30 * spread * spread) + (2 * 0.16)) / 32);
        Assert.InRange(learned.AtKnots[2], expected * 0.7, (expected * 1.3) + 0.05);
    }

    [Fact]
    public void Train_OneCourse_KeepsThePriorForWhatLiesBetweenCourses() => Assert.InRange(Train(1, 0).AtKnots[2], LogitSpread.PriorDeviation, 0.6f);

    [Fact]
    public void Train_NoUndatedRows_IsAtLeastAsWideWithoutDates()
    {
        var learned = Train(8, 0.8);

        Assert.Equal(learned.AtKnots.Max(), learned.Undated);
    }

    // Nothing to learn from: one outcome only.
    [Fact]
    public void Train_OneKindOfOutcome_IsThePrior()
    {
        var (history, rows) = Class(2, 0);
        history = history with { Outcomes = [.. history.Outcomes.Select(outcome => outcome with { Completed = true })] };

        var learned = SpreadTrainer.Train(history, rows, (_, _) => throw new InvalidOperationException("There is nothing to learn."));

        Assert.Equal(LogitSpread.Prior.AtKnots, learned.AtKnots);
    }

    private static LogitSpread Train(int courses, double spread)
    {
        var (history, rows) = Class(courses, spread);
        return SpreadTrainer.Train(history, rows, (_, _) => new(LinearPart.None(CompletionFeatures.Count), new(CompletionFeatures.Count, [])));
    }

    // Every learner's predicted logit is 0; a course's true one is off by as many deviations as its place among normal quantiles says.
    private static (CompletionHistory History, SnapshotRow[] Rows) Class(int courses, double spread)
    {
        var chance = new Random(3);
        var outcomes = new List<EnrolmentOutcome>();
        for (var course = 0; course < courses; course++)
        {
            var z = Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
            var p = PortableMath.Logistic(spread * z);
            outcomes.AddRange(Enumerable.Range(0, Learners).Select(i => new EnrolmentOutcome(new($"l-{course}-{i}"), new CourseId($"course-{course:00}"), MondayMs, chance.NextDouble() < p)));
        }

        var vector = new float[CompletionFeatures.Count];
        (vector[FeatureIndex.ElapsedShare], vector[FeatureIndex.ElapsedDays]) = (0.5f, (float)PortableMath.Log1P(14));
        var history = new CompletionHistory(CompletionTarget.Passed, new Dictionary<CourseId, CourseDefinition>(), new Dictionary<Domain.Learners.LearnerId, LearnerHistory>(), outcomes);
        return (history, [.. outcomes.Select((_, index) => new SnapshotRow(index, MondayMs, -1, CourseView.AsDefined, vector))]);
    }
}
