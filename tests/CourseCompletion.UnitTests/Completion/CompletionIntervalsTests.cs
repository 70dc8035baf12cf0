using CourseCompletion.Domain.Completion;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class CompletionIntervalsTests
{
    [Fact]
    public void OfProbability_Deviation_ReachesSoFarOnTheLogitScale()
    {
        var (low, high) = CompletionIntervals.OfProbability(0, 1);

        Assert.Equal((0.2173, 0.7827), (Math.Round(low, 4), Math.Round(high, 4)));
        Assert.Equal((0.5f, 0.5f), CompletionIntervals.OfProbability(0, 0));
    }

    [Fact]
    public void OfCount_IndependentLearnersOfAKnownCourse_HoldsFourFifthsOfTheDraws()
    {
        var chance = new Random(7);
        double[] probabilities = [.. Enumerable.Range(0, 400).Select(_ => chance.NextDouble())];
        var (low, high) = CompletionIntervals.OfCount(probabilities.Sum(), probabilities.Sum(p => p * (1 - p)), 0, 400);

        var inside = Enumerable.Range(0, 4_000).Count(_ => probabilities.Count(p => chance.NextDouble() < p) is var drawn && drawn >= low && drawn <= high);

        Assert.InRange(inside / 4_000.0, 0.77, 0.83);
    }

    [Fact]
    public void OfCount_CoursesThatDiffer_HoldsFourFifthsOfTheDraws()
    {
        const double deviation = 0.3;
        var chance = new Random(8);
        double[] logits = [.. Enumerable.Range(0, 400).Select(_ => (2 * chance.NextDouble()) - 1)];
        double[] variances = [.. logits.Select(logit => PortableMath.Logistic(logit) * (1 - PortableMath.Logistic(logit)))];
        var (low, high) = CompletionIntervals.OfCount(logits.Sum(PortableMath.Logistic), variances.Sum(), variances.Sum() * deviation, 400);

        var inside = Enumerable.Range(0, 4_000).Count(_ =>
        {
            var shift = deviation * Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
            var drawn = logits.Count(logit => chance.NextDouble() < PortableMath.Logistic(logit + shift));
            return drawn >= low && drawn <= high;
        });

        Assert.InRange(inside / 4_000.0, 0.77, 0.83);
    }

    [Fact]
    public void OfCount_FewLearners_StaysWithinThem() => Assert.Equal((0, 3), CompletionIntervals.OfCount(1.5, 0.75, 9, 3));
}
