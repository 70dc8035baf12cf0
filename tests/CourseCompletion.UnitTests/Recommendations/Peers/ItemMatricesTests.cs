using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.Prediction.Recommendations;
using CourseCompletion.Prediction.Recommendations.Peers;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations.Peers;

public class ItemMatricesTests
{
    private static readonly IProgress<TrainingProgress> _nobody = new Progress<TrainingProgress>();

    // Three learners took a, two b, two of them both: 2 / sqrt(3 * 2).
    [Fact]
    public void Cosine_Sets_IsTheirOverlap()
    {
        var cosine = ItemMatrices.Cosine(new(["a", "b", "c"], [[0, 1], [1, 0], [0], [2]]));

        Assert.Equal([0f, 0.8164966f, 0, 0.8164966f, 0, 0, 0, 0, 0], cosine);
    }

    // Counts 2 1 / 1 2 and a penalty of 1: the inverse of 3 1 / 1 3 is 3 -1 / -1 3 over 8, so that each item speaks for the other with 1/3.
    [Fact]
    public void Ease_TwoItems_IsTheSolutionByHand()
    {
        var weights = ItemMatrices.Ease(new(["a", "b"], [[0, 1], [0], [1]]), 1, _nobody, CancellationToken.None);

        Assert.Equal([0, 1f / 3, 1f / 3, 0], weights);
    }

    // Each column of weights is a ridge regression of an item on the others; here each one is solved by itself.
    [Fact]
    public void Ease_ManyItems_SolvesEveryItemsRegression()
    {
        const int items = 150;
        var chance = new Random(5);
        var train = new ItemHistories(
            [.. Enumerable.Range(0, items).Select(i => $"{i}")],
            [.. Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, items).Where(i => chance.Next(items) < 5 + (i % 7)).ToArray())]);

        var weights = ItemMatrices.Ease(train, 2, _nobody, CancellationToken.None);

        foreach (var target in new[] { 0, 63, 64, 149 })
        {
            var others = Enumerable.Range(0, items).Where(i => i != target).ToArray();
            var counts = others.SelectMany(i => others.Select(j => Together(train, i, j) + (i == j ? 2.0 : 0))).ToArray();
            var solved = PositiveMatrix.Times(PositiveMatrix.Invert(counts, others.Length), [.. others.Select(i => (double)Together(train, i, target))]);
            Assert.All(others.Index(), other => Assert.Equal(solved[other.Index], weights[(other.Item * items) + target], 1e-5));
        }
    }

    [Fact]
    public void Invert_NotPositiveDefinite_Throws() =>
        Assert.Throws<ArithmeticException>(() => PositiveInverse.Invert([1, 2, 2, 1], 2, _nobody, CancellationToken.None));

    private static int Together(ItemHistories train, int one, int other) => train.Sequences.Count(sequence => sequence.Contains(one) && sequence.Contains(other));
}
