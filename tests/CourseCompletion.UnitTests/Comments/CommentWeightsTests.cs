using CourseCompletion.Domain.Comments;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentWeightsTests
{
    [Fact]
    public void RowOf_AnyFeatures_FindsTheirRowsAndNoOthers() => Gen.UInt.HashSet[0, 300].Sample(chosen =>
    {
        uint[] features = [.. chosen.Order()];
        var weights = new CommentWeights(features, [.. Enumerable.Range(0, features.Length * CommentHeads.Count).Select(i => (float)i)]);

        Assert.All(features.Select((feature, row) => (feature, row)), pair => Assert.Equal(pair.row, weights.RowOf(pair.feature)));
        Assert.All(features.Where(feature => !chosen.Contains(feature + 1)), feature => Assert.Equal(-1, weights.RowOf(feature + 1)));
        Assert.All(Enumerable.Range(0, features.Length), row => Assert.Equal(row * CommentHeads.Count, weights[row][0]));
    });

    [Fact]
    public void Construct_MalformedWeights_Throws()
    {
        Assert.Throws<ArgumentException>(() => new CommentWeights([2, 1], new float[2 * CommentHeads.Count]));
        Assert.Throws<ArgumentException>(() => new CommentWeights([1, 1], new float[2 * CommentHeads.Count]));
        Assert.Throws<ArgumentException>(() => new CommentWeights([1], new float[CommentHeads.Count - 1]));
        Assert.Throws<ArgumentException>(() => new CommentWeights([1], [.. Enumerable.Repeat(float.NaN, CommentHeads.Count)]));
    }
}
