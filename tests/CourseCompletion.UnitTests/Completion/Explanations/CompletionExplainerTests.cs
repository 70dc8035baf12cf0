using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Explanations;

public class CompletionExplainerTests
{
    private static readonly CourseDefinition _course = new()
    {
        Course = new("algebra"),
        Version = 1,
        StartsAtMs = MondayMs,
        EndsAtMs = MondayMs + (100 * DayMs),
        Lessons = [.. Enumerable.Range(0, 10).Select(i => new LessonDefinition { Id = $"lesson-{i}" })],
    };

    private static readonly PriorCompletionPredictor _predictor = new();

    [Fact]
    public void Explain_SilentLearner_SaysForHowLongAndHowMuchItCosts()
    {
        var vector = Vector(daysSilent: 6, activeDays14: 0, progress: 0.3f, pace: 0);

        var explanation = CompletionExplainer.Explain(vector, _course, _predictor);

        var silence = explanation.Reasons.First(reason => reason.Ground == ReasonGround.Silence);
        Assert.Equal("no activity for 6 days", silence.Text);
        var without = PortableMath.Logistic(-2 + (3.5 * 0.3));
        Assert.Equal(_predictor.Score(vector) - without, silence.Contribution, 1e-5);
        Assert.Equal([ReasonGround.Silence, ReasonGround.Progress], explanation.Reasons.Select(reason => reason.Ground).Order());
        Assert.Equal("30 % of the course complete", explanation.Reasons.First(reason => reason.Ground == ReasonGround.Progress).Text);
    }

    [Fact]
    public void Explain_AnyVector_TellsTheStrongestFirstAndNoMoreThanThree() => _vector.Sample(vector =>
    {
        var reasons = CompletionExplainer.Explain(vector, _course, _predictor).Reasons;

        Assert.InRange(reasons.Count, 0, CompletionExplainer.ReasonsMax);
        Assert.Equal(reasons.Count, reasons.Select(reason => reason.Ground).Distinct().Count());
        Assert.All(reasons, reason => Assert.InRange(Math.Abs(reason.Contribution), 0.004f, 1f));
    });

    [Fact]
    public void Explain_AnyVector_SuggestsOnlyWhatRaisesTheProbability() => _vector.Sample(vector =>
    {
        if (CompletionExplainer.Explain(vector, _course, _predictor).NextStep is { } step)
        {
            Assert.Equal(_predictor.Score(vector), step.Before);
            Assert.InRange(step.After, step.Before + 0.0009f, 1f);
        }
    });

    [Fact]
    public void Explain_SilentLearner_SuggestsTheSmallestNoticeableStep()
    {
        var vector = Vector(daysSilent: 6, activeDays14: 0, progress: 0.3f, pace: 0);
        vector[FeatureIndex.LessonsCompleted] = MathF.Log(1 + 3);

        var step = CompletionExplainer.Explain(vector, _course, _predictor).NextStep!.Value;

        Assert.Equal("complete one lesson this week", step.Text);
        // A tenth of progress and of pace more, one active day, and no silence.
        Assert.Equal(PortableMath.Logistic(-2 + (3.5 * 0.4) + (2 * 0.1) + 0.22), step.After, 1e-5);
    }

    [Fact]
    public void Explain_NothingLeftToGain_SuggestsNothing() =>
        Assert.Null(CompletionExplainer.Explain(Vector(daysSilent: 0, activeDays14: 14, progress: 1, pace: 1), _course, _predictor).NextStep);

    [Fact]
    public void Explain_CourseWithoutOpenLessons_SuggestsNoLesson()
    {
        var vector = Vector(daysSilent: 6, activeDays14: 0, progress: 1, pace: 0);
        vector[FeatureIndex.LessonsCompleted] = MathF.Log(11);

        Assert.Equal("be active on two days this week", CompletionExplainer.Explain(vector, _course, _predictor).NextStep!.Value.Text);
    }

    [Fact]
    public void Explain_EveryFeature_HasAGround()
    {
        for (var feature = 0; feature < CompletionFeatures.Count; feature++)
        {
            var explanation = CompletionExplainer.Explain(new float[CompletionFeatures.Count], _course, new OneFeature(feature));
            Assert.NotEqual("", Assert.Single(explanation.Reasons).Text);
        }
    }

    [Fact]
    public void Explain_ModelThatKnowsWhatIsUsual_SaysIt()
    {
        var vector = Vector(daysSilent: 6, activeDays14: 2, progress: 0.3f, pace: 0);

        Assert.Equal("no activity for 6 days, usually 0.1 days", TextOf(FeatureIndex.HoursSilent));
        Assert.Equal("active on 2 of the last 14 days, usually 1", TextOf(FeatureIndex.Streak));
        Assert.Equal("30 % of the course complete, usually 100 %", TextOf(FeatureIndex.Pace));
        Assert.Equal("nothing scored yet", TextOf(FeatureIndex.ScoreMean));

        string TextOf(int feature) => Assert.Single(CompletionExplainer.Explain(vector, _course, new OneFeature(feature)).Reasons).Text;
    }

    private static readonly Gen<float[]> _vector = Gen.Select(Gen.Double[0, 60], Gen.Int[0, 14], Gen.Float[0, 1], Gen.Float[-1, 1]).Select(
        drawn => Vector(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4));

    private static float[] Vector(double daysSilent, int activeDays14, float progress, float pace)
    {
        var vector = new float[CompletionFeatures.Count];
        vector[FeatureIndex.HoursSilent] = (float)Math.Log(1 + (24 * daysSilent));
        vector[FeatureIndex.ActiveDays14] = activeDays14;
        vector[FeatureIndex.Progress] = progress;
        vector[FeatureIndex.Pace] = pace;
        return vector;
    }

    // Puts everything down to one feature.
    private sealed class OneFeature(int feature) : ICompletionPredictor
    {
        public string ModelVersion => "one";

        public int FeatureVersion => CompletionFeatures.Version;

        public int HorizonDays => 0;

        public CompleterTrajectory Trajectory => _predictor.Trajectory;

        public float Score(ReadOnlySpan<float> features) => 0.75f;

        public float DeviationOf(ReadOnlySpan<float> features) => 0;

        public StopForecast? StopOf(ReadOnlySpan<float> features) => null;

        public double Explain(ReadOnlySpan<float> features, Span<double> contributions)
        {
            contributions[feature] += 2;
            return 1;
        }

        public float TypicalOf(int feature) => 1;
    }
}
