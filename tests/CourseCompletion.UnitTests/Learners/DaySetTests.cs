using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class DaySetTests
{
    private const int Today = 19_786;

    // Close days, days around the edge of the span, and days years apart.
    private static readonly Gen<int[]> _days = Gen.OneOf<int>(
        Gen.Int[Today - 100, Today],
        Gen.Int[Today - DaySet.SpanDaysMax - 130, Today],
        Gen.Int[0, 30_000]).Array[0, 60];

    [Fact]
    public void Add_AnyDays_AgreesWithAHashSet() => _days.Sample(days =>
    {
        var set = new DaySet();
        var model = new HashSet<int>();
        foreach (var day in days)
        {
            var lets = model.Count > 0 && day / 64 <= (model.Max() / 64) - 64;
            Assert.Equal(!lets && !model.Contains(day), set.Add(day));
            if (!lets)
            {
                model.Add(day);
                model.RemoveWhere(d => d / 64 <= (model.Max() / 64) - 64);
            }

            Assert.Equal(model.Count, set.Count);
            Assert.Equal(model.Max(), set.Newest);
        }

        Assert.Equal(model, [.. Enumerable.Range(0, 30_001).Where(set.Contains)]);
    });

    [Fact]
    public void Add_AnotherOrder_GivesTheSameWords() => _days.SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
    {
        var (one, other) = (Of(all), Of(shuffled));

        Assert.Equal((one.FirstWord, one.Count), (other.FirstWord, other.Count));
        Assert.Equal(one.Words.ToArray(), other.Words.ToArray());
    });

    [Fact]
    public void Words_AnyDays_EndWithDaysOnBothSidesAndSpanNoMoreThanTheCap() => _days.Where(d => d.Length > 0).Sample(days =>
    {
        var set = Of(days);
        var words = set.Words;

        Assert.NotEqual(0UL, words[0]);
        Assert.NotEqual(0UL, words[^1]);
        Assert.InRange(words.Length, 1, DaySet.SpanDaysMax / 64);
    });

    [Fact]
    public void WordCountWith_AnyDay_IsNotExceededByAddingIt() => Gen.Select(_days, Gen.Int[0, 30_200]).Sample((days, added) =>
    {
        var set = Of(days);
        var (newest, atMost) = (set.Newest, set.WordCountWith(added));
        set.Add(added);

        // Growing forward may let go of old words at once; otherwise it is exactly what was said.
        Assert.InRange(set.Words.Length, added <= newest ? atMost : 1, atMost);
    });

    [Fact]
    public void MaskEnding_AnyDay_HasOneBitForEachOfTheLast64Days() => Gen.Select(_days, Gen.Int[0, 30_200]).Sample((days, asked) =>
    {
        var set = Of(days);
        foreach (var day in days.Append(asked))
        {
            var expected = 0UL;
            for (var back = 0; back < 64; back++)
            {
                expected |= set.Contains(day - back) ? 1UL << back : 0;
            }

            Assert.Equal(expected, set.MaskEnding(day));
        }
    });

    [Fact]
    public void Restore_AnyDays_GivesTheSameSet() => _days.Sample(days =>
    {
        var set = Of(days);
        var restored = DaySet.Restore(set.FirstWord, set.Words);

        Assert.Equal((set.Count, set.Newest, set.FirstWord), (restored.Count, restored.Newest, restored.FirstWord));
        Assert.Equal(set.Words.ToArray(), restored.Words.ToArray());
    });

    private static DaySet Of(int[] days)
    {
        var set = new DaySet();
        foreach (var day in days)
        {
            set.Add(day);
        }

        return set;
    }
}
