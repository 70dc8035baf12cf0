using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class CompactListTests
{
    private enum Step
    {
        Add,
        Insert,
        RemoveAt,
        Remove,
        Clear,
    }

    private static readonly Gen<(Step Step, int Place, int Item)[]> _steps = Gen.Select(
        Gen.Frequency<Step>(
            (8, Gen.Const(Step.Add)), (6, Gen.Const(Step.Insert)), (3, Gen.Const(Step.RemoveAt)), (3, Gen.Const(Step.Remove)), (1, Gen.Const(Step.Clear))),
        Gen.Int[0, 1000],
        Gen.Int[0, 9]).Array[0, 60];

    [Fact]
    public void AnySteps_AgreeWithAList() => _steps.Sample(steps =>
    {
        var list = new CompactList<int>();
        var model = new List<int>();
        foreach (var (step, place, item) in steps)
        {
            switch (step)
            {
                case Step.Add:
                    list.Add(item);
                    model.Add(item);
                    break;
                case Step.Insert:
                    list.Insert(place % (model.Count + 1), item);
                    model.Insert(place % (model.Count + 1), item);
                    break;
                case Step.RemoveAt when model.Count > 0:
                    list.RemoveAt(place % model.Count);
                    model.RemoveAt(place % model.Count);
                    break;
                case Step.Remove:
                    Assert.Equal(model.Remove(item), list.Remove(item));
                    break;
                case Step.Clear:
                    list.Clear();
                    model.Clear();
                    break;
            }

            Assert.Equal(model.Count, list.Count);
            Assert.Equal(model, list);
            Assert.Equal(model, list.AsSpan().ToArray());
        }
    });

    [Fact]
    public void Index_BesideTheItems_Throws()
    {
        var list = new CompactList<int>();
        list.Add(1);
        list.Add(2);

        Assert.ThrowsAny<ArgumentException>(() => list.RemoveAt(2));
        Assert.ThrowsAny<ArgumentException>(() => list.Insert(3, 0));
        Assert.Throws<IndexOutOfRangeException>(() => list[2]);
    }
}
