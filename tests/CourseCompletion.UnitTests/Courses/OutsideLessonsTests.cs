using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class OutsideLessonsTests
{
    private const int Invented = 3 * OutsideLessons.LessonsMax;

    // Learners who each touched some of more lessons than are kept, arriving in any order.
    private static readonly Gen<RosterRow[]> _rows = Gen.Select(
        RosterGen.Row, Gen.Int[0, Invented - 1].Array[1, 60], (row, lessons) => row with { Lessons = [.. lessons.Distinct().Select(Contribution)] }).Array[1, 60];

    [Fact]
    public void Add_MoreLessonsThanAreKept_StaysBoundedAndExactForThoseKept() => Gen.Select(_rows, Gen.Int[1, 4]).Sample(
        (rows, shards) =>
        {
            var merged = new RosterSums();
            foreach (var shard in rows.Select((row, i) => (row, i)).GroupBy(r => r.i % shards))
            {
                merged.Merge(RosterGen.Summed(shard.Select(r => r.row)));
            }

            AssertExact(rows, merged);
        },
        iter: 100);

    [Fact]
    public void Replace_LessonsComeAndGo_LeavesWhatTheLatestRowsSay() => _rows.Sample(
        rows =>
        {
            var sums = new RosterSums();
            sums.Add(rows[0], 1);
            for (var i = 1; i < rows.Length; i++)
            {
                sums.Replace(rows[i - 1], rows[i]);
            }

            AssertExact([rows[^1]], sums);
        },
        iter: 100);

    [Fact]
    public void Add_MoreThanAreKept_KeepsThoseWithTheSmallestHashes()
    {
        var sums = new RosterSums();
        for (var i = 0; i < Invented; i++)
        {
            sums.Add(RosterGen.Row.Single() with { Lessons = [Contribution(i)] }, 1);
        }

        var smallest = Enumerable.Range(0, Invented).Select(i => $"lesson-{i}").OrderBy(id => KeyHash.Of(id)).Take(OutsideLessons.LessonsMax);
        Assert.Equal(smallest.Order(), sums.Outside.ById.Keys.Order());
        Assert.Equal(OutsideLessons.LessonsMax, sums.WithOutside().Lessons.Count);
    }

    private static void AssertExact(RosterRow[] rows, RosterSums sums)
    {
        Assert.InRange(sums.Outside.ById.Count, 0, OutsideLessons.LessonsMax);
        var counts = rows.SelectMany(row => row.Lessons).GroupBy(lesson => lesson.Lesson).ToDictionary(lesson => lesson.Key, lesson => (long)lesson.Count());
        Assert.Equal(
            counts.Where(lesson => KeyHash.Of(lesson.Key) < sums.Outside.HashBelow).OrderBy(lesson => lesson.Key, StringComparer.Ordinal).Select(lesson => (lesson.Key, lesson.Value)),
            sums.Outside.ById.OrderBy(lesson => lesson.Key, StringComparer.Ordinal).Select(lesson => (lesson.Key, lesson.Value.Started)));
    }

    private static LessonContribution Contribution(int number) => new($"lesson-{number}", Defined: false, Started: true, Completed: false, 0, 1);
}
