using CourseCompletion.Grains.Scheduling;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Scheduling;

public class TimerSpreadTests
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(60);

    [Fact]
    public void FirstDue_ManyGrains_AreSpreadEvenlyOverTheSecondHalfOfThePeriod()
    {
        var due = Enumerable.Range(0, 10_000).Select(grain => TimerSpread.FirstDue($"default/course-{grain}/0", _period)).ToList();

        Assert.All(due, first => Assert.InRange(first, _period / 2, _period));
        var perSecond = due.GroupBy(first => (int)first.TotalSeconds).Select(second => second.Count()).ToList();
        Assert.Equal(30, perSecond.Count);
        Assert.All(perSecond, count => Assert.InRange(count, 250, 420));
        Assert.Equal(due[0], TimerSpread.FirstDue("default/course-0/0", _period));
    }
}
