using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Learners;

public sealed class NewLearnerQuotaTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryTake_BeyondAMinutesWorth_IsRefusedUntilTimePasses()
    {
        var quota = new NewLearnerQuota(Options.Create(new LearnerOptions { NewLearnersPerMinuteMax = 60 }), _time);

        Assert.Equal(60, Taken(quota, 100));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Taken(quota, 100));

        // What was not taken is kept up to a minute's worth and no more.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(60, Taken(quota, 100));
    }

    private static int Taken(NewLearnerQuota quota, int tries) => Enumerable.Range(0, tries).Count(_ => quota.TryTake());
}
