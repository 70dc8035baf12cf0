using CourseCompletion.Domain.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class BestCoursesTests
{
    private const float Out = float.NegativeInfinity;

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(new[] { 5, 4, 3, 2, 1, 0 })]
    public void Offer_CoursesInAnyOrder_KeepsTheBestAndOfEqualsTheFirst(int[] order)
    {
        float[] scores = [1, 5, Out, 3, 5, 3];
        var (list, room) = (new int[3], new float[3]);
        var best = new BestCourses(list, room);

        foreach (var course in order)
        {
            best.Offer(course, scores[course]);
        }

        Assert.Equal(3, best.Count);
        Assert.Equal([1, 4, 3], list);
        Assert.Equal([5f, 5, 3], room);
    }

    [Fact]
    public void Offer_FewerThanPlaces_KeepsThem()
    {
        var (list, room) = (new int[4], new float[4]);
        var best = new BestCourses(list, room);

        best.Offer(7, -2);
        best.Offer(2, float.NaN);
        best.Offer(3, -1);
        best.Offer(9, Out);

        Assert.Equal(2, best.Count);
        Assert.Equal([3, 7], list[..2]);
    }
}
