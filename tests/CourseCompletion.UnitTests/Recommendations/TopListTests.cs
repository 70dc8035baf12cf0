using CourseCompletion.Prediction.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class TopListTests
{
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.6309297535714575)] // 1 / log2(3)
    [InlineData(3, 0.5)] // 1 / log2(4)
    [InlineData(9, 0)]
    public void Ndcg_OneRelevantItem_IsTheGainOfItsPlace(int relevant, double expected) =>
        Assert.Equal(expected, TopList.Ndcg([1, 2, 3, 4], [relevant], 10), 1e-12);

    // Found at places 1 and 4: 1 + 1/log2(5). The best list of three has 1 + 1/log2(3) + 1/log2(4).
    [Fact]
    public void Ndcg_SeveralRelevantItems_IsAShareOfTheBestList() =>
        Assert.Equal(1.4306765580733931 / 2.1309297535714578, TopList.Ndcg([7, 1, 2, 8], [8, 7, 9], 10), 1e-12);

    // No list of two can hold three items: the best one has 1 + 1/log2(3).
    [Fact]
    public void Ndcg_MoreRelevantItemsThanPlaces_ReachesOne() => Assert.Equal(1, TopList.Ndcg([7, 8], [8, 7, 9], 2), 1e-12);

    [Fact]
    public void Recall_SeveralRelevantItems_IsTheShareFound() => Assert.Equal(2.0 / 3, TopList.Recall([7, 1, 2, 8], [8, 7, 9]), 1e-12);
}
