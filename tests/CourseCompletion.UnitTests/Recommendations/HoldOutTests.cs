using CourseCompletion.Prediction.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class HoldOutTests
{
    [Fact]
    public void Of_TrainAndTest_RanksTheItemsOfTrainOnly()
    {
        var holdOut = HoldOut.Of(
            [Taken("ada", "a b"), Taken("bob", "b c")],
            [Taken("ada", "c new"), Taken("eve", "a")]);

        Assert.Equal(["a", "b", "c"], holdOut.Train.Items);
        Assert.Equal([2, HoldOut.Unknown], holdOut.Relevant[0]);
        Assert.Empty(holdOut.Relevant[1]);
        Assert.Equal((1, 1, 1), (holdOut.TestedCount, holdOut.UnknownCount, holdOut.Strangers));
    }

    [Fact]
    public void Of_TestItemThatTrainHas_IsHistory()
    {
        var holdOut = HoldOut.Of([Taken("ada", "a b"), Taken("bob", "c")], [Taken("ada", "b c")]);

        Assert.Equal([2], holdOut.Relevant[0]);
    }

    [Fact]
    public void LastItems_FewItems_AreNotTested()
    {
        var holdOut = HoldOut.LastItems([Taken("ada", "a b c"), Taken("bob", "c a")], 3);

        Assert.Equal([[0, 1], [2, 0]], holdOut.Train.Sequences);
        Assert.Equal([[2], []], holdOut.Relevant);
    }

    [Fact]
    public void After_Instant_SplitsByTime()
    {
        var all = new LearnerItems[] { new("ada", ["a", "b", "c"], [10, 20, 30]), new("bob", ["c", "b"], [5, 19]), new("eve", ["a"], [40]) };

        var holdOut = HoldOut.After(all, 20);

        Assert.Equal(["a", "c", "b"], holdOut.Train.Items);
        Assert.Equal([[0], [1, 2]], holdOut.Train.Sequences);
        Assert.Equal([[2, 1], []], holdOut.Relevant);
        Assert.Equal(1, holdOut.Strangers);
        Assert.Equal(30, HoldOut.InstantAt(all, 0.8));
    }

    private static LearnerItems Taken(string learner, string items) => new(learner, items.Split(' '), []);
}
