using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class ModelHealthRulesTests
{
    private static readonly HealthPolicy _policy = HealthPolicy.Default;

    [Fact]
    public void Learn_ShiftOfOneLogit_AlarmsOnceAndIsCalibratedForTheNextCourse()
    {
        var state = new ModelHealthState(_policy);
        var alarms = 0;
        for (var i = 0; i < 6; i++)
        {
            alarms += LearnAll(state, LabelStream.Of($"before-{i}", 1_500, 0, 1, seed: i));
        }

        Assert.Equal(0, alarms);
        alarms += LearnAll(state, LabelStream.Of("after", 1_500, -1, 1, seed: 9));
        Assert.Equal(1, alarms);
        alarms += LearnAll(state, LabelStream.Of("after-2", 1_500, -1, 1, seed: 10));

        Assert.Equal(1, alarms);
        var next = CalibrationRules.SnapshotOf(state.Calibration, _policy.Calibration).InterceptOf(new("next"));
        Assert.InRange(next, -1.2, -0.65);
    }

    // Courses that one in twelve and one in three finish, both predicted rightly: the mix changes, the calibration does not.
    [Fact]
    public void Learn_CoursesOfOtherBaseRates_IsNoDrift()
    {
        var state = new ModelHealthState(_policy);

        var alarms = 0;
        for (var i = 0; i < 10; i++)
        {
            var lift = i % 2 == 0 ? -1.5 : 1;
            alarms += LearnAll(state, LabelStream.Of($"course-{i}", 1_500, lift, 1, seed: i)
                .Select(label => label with { Logit = label.Logit + lift, ServedLogit = label.Logit + lift }));
        }

        Assert.Equal(0, alarms);
    }

    [Fact]
    public void Learn_ServedLogits_AreCountedAsTheyWereAnswered()
    {
        var state = new ModelHealthState(_policy);

        LearnAll(state, LabelStream.Of("algebra", 3_000, -1, 1, seed: 1).Select(label => label with { ServedLogit = label.Logit - 1 }));

        Assert.InRange(state.Raw.Figures().Ece, 0.08, 0.3);
        Assert.InRange(state.Served.Figures().Ece, -0.02, 0.02);
        Assert.InRange(state.Courses[new CourseId("algebra")].Figures().Count, 1_000, 2_000);
    }

    [Fact]
    public void Learn_MoreCoursesThanFiguresAreKeptOf_CountsThemInTheModelsFigures()
    {
        var policy = _policy with { CoursesMax = 2 };
        var state = new ModelHealthState(policy);

        foreach (var course in new[] { "a", "b", "c" })
        {
            ModelHealthRules.Learn(state, new(new(course), 0, 0, true, 1, true), policy);
        }

        Assert.Equal(["a", "b"], state.Courses.Keys.Select(course => course.Value));
        Assert.Equal(3, state.Served.Figures().Count);
    }

    [Fact]
    public void Decode_EncodedHalfWay_LearnsOnToTheSameBytes()
    {
        var labels = LabelStream.Of("algebra", 700, 0, 1, seed: 1).Concat(LabelStream.Of("文学", 2_000, -1.5, 1, seed: 2)).ToList();
        var (whole, first) = (new ModelHealthState(_policy), new ModelHealthState(_policy));
        LearnAll(whole, labels);
        LearnAll(first, labels.Take(801));

        var second = ModelHealthCodec.Decode(ModelHealthCodec.Encode(first), _policy);
        LearnAll(second, labels.Skip(801));

        Assert.Equal(ModelHealthCodec.Encode(whole), ModelHealthCodec.Encode(second));
        Assert.True(whole.Alarms > 0);
    }

    [Fact]
    public void Take_LabelsToldAgain_LearnsThemOnce()
    {
        var (once, again) = (new ModelHealthState(_policy), new ModelHealthState(_policy));
        var labels = Labels(300);

        Assert.Equal(300, ModelHealthRules.Take(once, new("algebra"), 0, labels, _policy));
        Assert.Equal(200, ModelHealthRules.Take(again, new("algebra"), 0, labels.AsSpan(0, 200), _policy));
        Assert.Equal(100, ModelHealthRules.Take(again, new("algebra"), 0, labels, _policy));
        Assert.Equal(0, ModelHealthRules.Take(again, new("algebra"), 0, labels, _policy));

        Assert.Equal(ModelHealthCodec.Encode(once), ModelHealthCodec.Encode(again));
        Assert.Equal((300, 30), (again.Labels, again.HeldOut.Figures().Count));
    }

    [Fact]
    public void Take_OtherCourseOrShard_IsAnotherOrder()
    {
        var state = new ModelHealthState(_policy);

        ModelHealthRules.Take(state, new("algebra"), 1, Labels(10), _policy);
        ModelHealthRules.Take(state, new("algebra"), 2, Labels(10), _policy);
        ModelHealthRules.Take(state, new("poetry"), 1, Labels(10), _policy);

        Assert.Equal(30, state.Labels);
    }

    // Shards 3 and 5 took learners over from shard 1 when the course had 4 and 8; what it had told is not told for them again.
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Take_ShardGainedByDoubling_LeavesOutWhatWasToldBefore(int shard)
    {
        var state = new ModelHealthState(_policy);
        ModelHealthRules.Take(state, new("algebra"), 1, Labels(10), _policy);

        Assert.Equal(5, ModelHealthRules.Take(state, new("algebra"), shard, Labels(15), _policy));
    }

    [Fact]
    public void Take_MoreShardsThanAreRemembered_ForgetsTheFirst()
    {
        var policy = _policy with { PlacesMax = 2 };
        var state = new ModelHealthState(policy);

        foreach (var course in new[] { "a", "b", "c" })
        {
            ModelHealthRules.Take(state, new(course), 0, Labels(1), policy);
        }

        Assert.Equal(["b", "c"], state.Places.Keys.Select(place => place.Course.Value));
    }

    private static MaturedLabel[] Labels(int count) =>
        [.. LabelStream.Of("any", count, 0, 1, seed: 1).Select((label, i) => new MaturedLabel(new(1_000 + (i / 100), (ulong)i), (float)label.Logit, (float)label.Logit, label.Completed, i % 10 == 0))];

    private static int LearnAll(ModelHealthState state, IEnumerable<MaturedPrediction> labels) => labels.Count(label => ModelHealthRules.Learn(state, label, _policy));
}
