using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Training;

public class RateCellTests
{
    private static readonly CourseId _course = new("algebra");

    // Cells whose true logit is off by a normal deviate: the spread that they were drawn with covers 80 %, a smaller one less, a larger one more.
    [Theory]
    [InlineData(25)]
    [InlineData(400)]
    public void Covered_CellsDrawnWithASpread_IsFourFifthsAtThatSpread(int rows)
    {
        const double spread = 0.5;
        var chance = new Random(1);
        var cells = Enumerable.Range(0, 600).Select(_ =>
        {
            var logit = (chance.NextDouble() * 3) - 2;
            var p = PortableMath.Logistic(logit + (spread * Normal(chance)));
            return new RateCell(_course, [.. Enumerable.Repeat(logit, rows)], Enumerable.Range(0, rows).Count(_ => chance.NextDouble() < p));
        }).ToList();

        Assert.Equal(0.8, cells.Average(cell => cell.Covered(spread)), 0.03);
        Assert.True(cells.Average(cell => cell.Covered(0.1)) < 0.75);
        Assert.True(cells.Average(cell => cell.Covered(1.5)) > 0.85);
    }

    // Binomial noise alone needs no spread.
    [Fact]
    public void Covered_CellsWithoutSpread_IsFourFifthsAtNone()
    {
        var chance = new Random(2);
        var cells = Enumerable.Range(0, 800).Select(_ => new RateCell(_course, new double[60], Enumerable.Range(0, 60).Count(_ => chance.NextDouble() < 0.5))).ToList();

        Assert.Equal(0.8, cells.Average(cell => cell.Covered(0)), 0.03);
    }

    [Fact]
    public void Of_Courses_AreDecilesOfTheirPredictionsAndSmallOnesHaveFewer()
    {
        var rows = Enumerable.Range(0, 500).Select(i => (_course, (double)((i * 7) % 500), i % 2 == 0))
            .Concat(Enumerable.Range(0, 45).Select(i => (new CourseId("small"), 0.0, true)))
            .Concat(Enumerable.Range(0, 19).Select(i => (new CourseId("tiny"), 0.0, true)));

        var cells = RateCell.Of(rows);

        Assert.Equal(["algebra 10", "small 2"], cells.GroupBy(cell => cell.Course.Value).Select(group => $"{group.Key} {group.Count()}"));
        Assert.All(cells.Take(10), (cell, decile) => Assert.All(cell.Logits, logit => Assert.Equal(decile, (int)logit / 50)));
        Assert.Equal(250 + 45, cells.Sum(cell => cell.Positives));
    }

    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
