using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class CalibrationRulesTests
{
    private static readonly CalibrationPolicy _policy = CalibrationPolicy.Default;

    [Fact]
    public void SnapshotOf_NoLabels_LeavesLogitsAsTheyAre()
    {
        var snapshot = CalibrationRules.SnapshotOf(new(), _policy);

        Assert.Equal(-1.25, snapshot.Calibrate(new("algebra"), -1.25));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(0.7, 1.6)]
    [InlineData(-0.5, 0.6)]
    public void Learn_OneCourse_FindsInterceptAndSlope(double intercept, double slope)
    {
        var state = new CalibrationState();

        LearnAll(state, LabelStream.Of("algebra", 20_000, intercept, slope, seed: 1));

        var snapshot = CalibrationRules.SnapshotOf(state, _policy);
        Assert.InRange(snapshot.InterceptOf(new("algebra")), intercept - 0.15, intercept + 0.15);
        Assert.InRange(snapshot.Slope, slope - 0.12, slope + 0.12);
    }

    [Fact]
    public void Learn_ManyCourses_DrawsThoseWithFewLabelsToTheGlobalIntercept()
    {
        var state = new CalibrationState();
        for (var i = 0; i < 12; i++)
        {
            LearnAll(state, LabelStream.Of($"course-{i}", 2_000, 0.5 + (i % 2 == 0 ? 0.2 : -0.2), 1, seed: i));
        }

        LearnAll(state, LabelStream.Of("small", 20, -2, 1, seed: 20));
        LearnAll(state, LabelStream.Of("large", 4_000, -2, 1, seed: 21));

        var snapshot = CalibrationRules.SnapshotOf(state, _policy);
        Assert.InRange(snapshot.InterceptOf(new("course-0")), 0.5, 0.9);
        Assert.InRange(snapshot.InterceptOf(new("course-1")), 0.1, 0.5);
        Assert.InRange(snapshot.InterceptOf(new("large")), -2.3, -1.7);
        Assert.InRange(snapshot.InterceptOf(new("small")), -1.5, snapshot.GlobalIntercept - 0.1);
        Assert.Equal(snapshot.GlobalIntercept, snapshot.InterceptOf(new("never seen")));
        Assert.InRange(snapshot.GlobalIntercept, 0.1, 0.6);
    }

    [Fact]
    public void Learn_ShiftWithinACourse_IsFollowed()
    {
        var state = new CalibrationState();
        LearnAll(state, LabelStream.Of("algebra", 20_000, 0, 1, seed: 1));

        LearnAll(state, LabelStream.Of("algebra", 10_000, -1, 1, seed: 2));

        Assert.InRange(CalibrationRules.SnapshotOf(state, _policy).InterceptOf(new("algebra")), -1.2, -0.75);
    }

    [Fact]
    public void Forget_CoursesFromBeforeTheChange_NoLongerSpeakForOthers()
    {
        var state = new CalibrationState();
        for (var i = 0; i < 5; i++)
        {
            LearnAll(state, LabelStream.Of($"course-{i}", 2_000, 0, 1, seed: i));
        }

        LearnAll(state, LabelStream.Of("after", 1_000, -1, 1, seed: 9));
        var before = CalibrationRules.SnapshotOf(state, _policy).GlobalIntercept;
        CalibrationRules.Forget(state, 1_000, _policy);
        LearnAll(state, LabelStream.Of("after", 1_000, -1, 1, seed: 10));

        var snapshot = CalibrationRules.SnapshotOf(state, _policy);
        Assert.True(before > -0.4, $"{before}");
        Assert.InRange(snapshot.GlobalIntercept, -1.2, -0.7);
        Assert.Equal(snapshot.GlobalIntercept, snapshot.InterceptOf(new("course-0")));
    }

    [Fact]
    public void Learn_MoreCoursesThanAreKept_LetsGoOfTheOneWithTheOldestLabel()
    {
        var policy = _policy with { CoursesMax = 3 };
        var state = new CalibrationState();

        foreach (var course in new[] { "a", "b", "c", "a", "d" })
        {
            CalibrationRules.Learn(state, new(new(course), -1, -1, true, 1, true), policy);
        }

        Assert.Equal(["a", "c", "d"], state.Courses.Select(course => course.Course.Value));
    }

    // Whatever the labels say, even the reverse of the logits: a higher logit never means a lower probability, and nothing overflows.
    [Fact]
    public void Learn_AnyLabels_StaysMonotoneAndFinite() => Gen.Select(
        Gen.Double[-30, 30], Gen.Bool, Gen.Int[0, 5], Gen.Double[0.01, 1]).Array[0, 400].Sample(labels =>
        {
            var state = new CalibrationState();
            foreach (var (logit, completed, course, weight) in labels)
            {
                CalibrationRules.Learn(state, new(new($"course-{course}"), logit, logit, completed, weight, false), _policy);
            }

            var snapshot = CalibrationRules.SnapshotOf(state, _policy);
            var courses = state.Courses.Select(course => course.Course).Append(new CourseId("unseen"));
            return snapshot.Slope > 0 && courses.All(course =>
                double.IsFinite(snapshot.Calibrate(course, 0)) && snapshot.Calibrate(course, 1) > snapshot.Calibrate(course, -1));
        });

    [Fact]
    public void Decode_EncodedHalfWay_LearnsOnToTheSameBytes()
    {
        var labels = LabelStream.Of("algebra", 300, -0.4, 1.2, seed: 1).Concat(LabelStream.Of("文学", 300, 0.4, 1.2, seed: 2)).ToList();
        var (whole, first) = (new CalibrationState(), new CalibrationState());
        LearnAll(whole, labels);
        LearnAll(first, labels.Take(311));

        var second = CalibrationCodec.Decode(CalibrationCodec.Encode(first));
        LearnAll(second, labels.Skip(311));

        Assert.Equal(CalibrationCodec.Encode(whole), CalibrationCodec.Encode(second));
    }

    [Fact]
    public void Decode_DamagedBytes_IsRefused()
    {
        var bytes = CalibrationCodec.Encode(new());
        bytes[2] ^= 1;

        Assert.Throws<StoreCorruptException>(() => CalibrationCodec.Decode(bytes));
    }

    private static void LearnAll(CalibrationState state, IEnumerable<MaturedPrediction> labels)
    {
        foreach (var label in labels)
        {
            CalibrationRules.Learn(state, label, _policy);
        }
    }
}

/// <summary>Matured predictions whose truth is known: completed with probability logistic(intercept + slope x logit).</summary>
internal static class LabelStream
{
    public static IEnumerable<MaturedPrediction> Of(string course, int count, double intercept, double slope, int seed)
    {
        var chance = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var logit = -1.5 + ((chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 1.5) * 3);
            var completed = chance.NextDouble() < PortableMath.Logistic(intercept + (slope * logit));
            yield return new(new(course), logit, logit, completed, 1, true);
        }
    }
}
