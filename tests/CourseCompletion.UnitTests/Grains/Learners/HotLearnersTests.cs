using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Learners;

public sealed class HotLearnersTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Hottest_OneAmongThousands_IsFoundWithItsShare()
    {
        var hot = new HotLearners(_time);
        for (var i = 0; i < 200_000; i++)
        {
            // Three of ten events are one learner's, the others' come from five thousand.
            hot.Add(i % 10 < 3 ? Key("ada") : Key($"learner-{(i * 7919L) % 5_000}"), 1);
        }

        var hottest = Assert.Single(hot.Hottest(10), learner => learner.Share > 0.05);
        Assert.Equal(Key("ada").Value, hottest.Key);
        Assert.InRange(hottest.Share, 0.22, 0.35);
    }

    [Fact]
    public void Hottest_QuietForAQuarterOfAnHour_NobodyIsHot()
    {
        var hot = new HotLearners(_time);
        Add(hot, "ada", 40_000);

        Assert.Single(hot.Hottest(10));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty(hot.Hottest(10));
    }

    [Fact]
    public void Hottest_OldAndNewEvents_NewOnesCountMore()
    {
        var hot = new HotLearners(_time);
        Add(hot, "ada", 64_000);
        _time.Advance(TimeSpan.FromMinutes(3));
        Add(hot, "grace", 32_000);

        Assert.Equal([Key("grace").Value, Key("ada").Value], hot.Hottest(2).Select(learner => learner.Key));
    }

    [Fact]
    public void Hottest_HardlyAnyEvents_NobodyIsHot()
    {
        var hot = new HotLearners(_time);
        Add(hot, "ada", 10_000);

        Assert.Empty(hot.Hottest(10));
    }

    private static void Add(HotLearners hot, string learner, int times)
    {
        for (var i = 0; i < times; i++)
        {
            hot.Add(Key(learner), 1);
        }
    }

    private static LearnerKey Key(string learner) => LearnerKey.For(TenantId.Default, new LearnerId(learner));
}
