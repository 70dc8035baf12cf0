using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class RosterSumsTests
{
    // Rows of a few learners, replaced again and again.
    private static readonly Gen<RosterRow[]> _rows = Gen.Select(RosterGen.Row, Gen.Int[0, 4], (row, learner) => row with { Learner = new LearnerId($"{learner}") }).Array[0, 30];

    [Fact]
    public void Replace_AnyRowsInTurn_EqualsAddingTheLatestOnes() => _rows.Sample(rows =>
    {
        var latest = new Dictionary<LearnerId, RosterRow>();
        var sums = new RosterSums();
        foreach (var row in rows)
        {
            if (latest.TryGetValue(row.Learner, out var old))
            {
                sums.Replace(old, row);
            }
            else
            {
                sums.Add(row, 1);
            }

            latest[row.Learner] = row;
        }

        RosterGen.AssertSame(RosterGen.Summed(latest.Values), sums);
    });

    [Fact]
    public void Replace_SameLessonsArray_EqualsReplacingWithACopy() => Gen.Select(RosterGen.Row, RosterGen.Row).Sample((old, row) =>
    {
        var (shared, copied) = (RosterGen.Summed([old]), RosterGen.Summed([old]));
        shared.Replace(old, row with { Lessons = old.Lessons });
        copied.Replace(old, row with { Lessons = [.. old.Lessons] });

        RosterGen.AssertSame(copied, shared);
    });

    [Fact]
    public void Add_TakenAwayAgain_LeavesNothing() => _rows.Sample(rows =>
    {
        var sums = RosterGen.Summed(rows);
        foreach (var row in rows)
        {
            sums.Add(row, -1);
        }

        RosterGen.AssertSame(new RosterSums(), sums);
    });

    [Fact]
    public void Merge_AnyShards_EqualsOneRosterOfAll() => Gen.Select(_rows, Gen.Int[1, 4]).Sample((rows, shards) =>
    {
        var merged = new RosterSums();
        foreach (var shard in rows.Select((row, i) => (row, i)).GroupBy(r => r.i % shards))
        {
            merged.Merge(RosterGen.Summed(shard.Select(r => r.row)));
        }

        RosterGen.AssertSame(RosterGen.Summed(rows), merged);
    });

    [Fact]
    public void CopyOf_OriginalChangedAfterwards_StaysWhatItWas() => Gen.Select(RosterGen.Sums, RosterGen.Row).Sample((sums, row) =>
    {
        var (copy, then) = (RosterSums.CopyOf(sums), RosterSumsCodec.Encode(sums));
        sums.Add(row, 1);

        RosterGen.AssertSame(RosterSumsCodec.Decode(then), copy);
        RosterGen.AssertSame(RosterSumsCodec.Decode(then).Timed, copy.Timed);
    });

    [Fact]
    public void Add_AnyRow_CountsItByStatus() => _rows.Sample(rows =>
    {
        var sums = RosterGen.Summed(rows);

        Assert.Equal(rows.Count(r => r.Status != EnrolmentStatus.Prospect), sums.Enrolled);
        Assert.Equal(rows.Count(r => r.Status == EnrolmentStatus.Completed), sums.Completed);
        Assert.Equal(rows.Count(r => r.Status == EnrolmentStatus.Withdrawn), sums.Withdrawn);
        Assert.Equal(rows.Sum(r => r.Counts.Likes), sums.Counts.Likes);
        Assert.Equal(rows.Sum(r => r.Counts.Events), sums.Counts.Events);
        foreach (var lesson in LearnerEventGen.Lessons)
        {
            var contributions = rows.SelectMany(r => r.Lessons).Where(l => l.Lesson == lesson).ToArray();
            var sum = sums.WithOutside().Lessons.GetValueOrDefault(lesson, new LessonSums());
            Assert.Equal((contributions.Count(c => c.Started), contributions.Count(c => c.Completed)), (sum.Started, sum.Completed));
            Assert.Equal(
                Enumerable.Range(0, 100).Select(i => contributions.LongCount(c => ((c.Reached >> i) & 1) != 0)),
                sum.Reached);
        }
    });

    [Fact]
    public void Plus_AnyCounts_AddsEachOfThem() => Gen.Select(RosterGen.Row, RosterGen.Row).Sample((one, other) =>
    {
        Assert.Equal(one.Counts, one.Counts.Plus(other.Counts, 3).Plus(other.Counts, -3));
        Assert.Equal(Numbers(one.Counts).Zip(Numbers(other.Counts), (a, b) => a + (2 * b)), Numbers(one.Counts.Plus(other.Counts, 2)));
    });

    [Fact]
    public void CodecDecode_AnySumsEncoded_GivesThemBack() => RosterGen.Sums.Sample(sums =>
    {
        var decoded = RosterSumsCodec.Decode(RosterSumsCodec.Encode(sums));

        RosterGen.AssertSame(sums, decoded);
        RosterGen.AssertSame(sums.Timed, decoded.Timed);
        Assert.Equal(sums.Lessons.Keys, decoded.Lessons.Keys);
        Assert.Equal(sums.Outside.ById.Keys, decoded.Outside.ById.Keys);
        Assert.Equal(sums.Outside.HashBelow, decoded.Outside.HashBelow);
    });

    [Fact]
    public void CodecDecode_AnyDamage_Throws() => RosterGen.Sums.Sample(
        sums => StoredBytes.AssertEveryDamageIsNoticed(RosterSumsCodec.Encode(sums), damaged => RosterSumsCodec.Decode(damaged)), iter: 5);

    private static long[] Numbers(RosterCounts c) =>
        [c.Likes, c.Comments, c.Shares, c.Forwards, c.Bookmarks, c.Questions, c.Answers, c.CheckIns, c.WatchedMs, c.UniqueMs, c.Events];
}
