using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.UnitTests.Learners;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Courses;

public class RosterRowTests
{
    private const long NowMs = MondayMs + (30 * DayMs);

    private static readonly PriorCompletionPredictor _predictor = new();

    private static readonly Gen<(LivingLearner Learner, CourseDefinition[] Courses)> _learner =
        Gen.Select(LearnerEventGen.History(60, 30), CourseBuilder.Catalog(), (history, courses) =>
        {
            var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, id => courses.Single(c => c.Course == id));
            learner.Record(NowMs, history);
            return (learner, courses);
        });

    [Fact]
    public void From_AnyLearner_IsTheSameWhenMadeAgainAfterACrash() => _learner.Sample((learner, _) =>
    {
        var rows = Rows(learner);
        learner.Save();
        learner.Crash();

        Assert.Equal(rows, Rows(learner));
    });

    [Fact]
    public void From_AnyLearner_HasTheEnrolmentsFacts() => _learner.Sample((learner, courses) =>
    {
        foreach (var enrolment in learner.State.Enrolments)
        {
            var row = learner.RowOf(new("ada"), enrolment, 3);
            var progress = ProgressRules.Measure(enrolment, courses.Single(c => c.Course == enrolment.Course));

            Assert.Equal(new RowVersion(3, learner.State.Sequence, 1), row.Version);
            Assert.Equal((enrolment.Status, enrolment.EnrolledAtMs, enrolment.LastActivityAtMs), (row.Status, row.EnrolledAtMs, row.LastActivityAtMs));
            Assert.Equal(((float)progress.Share, enrolment.Probability, NowMs), (row.Progress, row.Probability, row.EvaluatedAtMs));
            Assert.Equal(enrolment.LastActivityAtMs != 0, (row.ActiveMask & 1) != 0);
            Assert.Equal(enrolment.Lessons.Select(l => l.Id), row.Lessons.Select(l => l.Lesson));
            Assert.Equal(enrolment.KindCounts.ToArray().Sum(), row.Counts.Events);
        }
    });

    [Fact]
    public void ProbabilityAt_Silence_IsTheModelsForTheVectorAsOfThen() => Gen.Select(_learner, Gen.Long[-DayMs, 60 * DayMs]).Sample((learner, silenceMs) =>
    {
        var vector = new float[CompletionFeatures.Count];
        foreach (var enrolment in learner.Learner.State.Enrolments)
        {
            var course = learner.Courses.Single(c => c.Course == enrolment.Course) with { };
            var row = learner.Learner.RowOf(new("ada"), enrolment, 1);
            CompletionFeatures.Fill(learner.Learner.State, enrolment, course, ProgressRules.Measure(enrolment, course), Math.Max(NowMs, NowMs + silenceMs), vector);
            var expected = CompletionRules.ProbabilityOf(enrolment.Status, _predictor, vector);

            Assert.Equal(expected, row.ProbabilityAt(NowMs + silenceMs, course, _predictor), 1e-4f);
        }
    });

    [Fact]
    public void CodecDecode_AnyRowEncoded_GivesItBack() => RosterGen.Row.Sample(
        row => RosterGen.AssertSame(row, RosterRowCodec.Decode(RosterRowCodec.Encode(row))), iter: 500);

    [Fact]
    public void CodecDecode_AnyDamage_Throws() => RosterGen.Row.Sample(
        row => StoredBytes.AssertEveryDamageIsNoticed(RosterRowCodec.Encode(row), damaged => RosterRowCodec.Decode(damaged)), iter: 10);

    [Fact]
    public void CodecDecode_FormatOfANewerRelease_Throws() => RosterGen.Row.Sample(row =>
        Assert.Throws<StoreCorruptException>(() => RosterRowCodec.Decode(StoredBytes.OfFormat(6, RosterRowCodec.Encode(row)))));

    // An older release stored fewer features, a newer one more: what both know is read, the rest is 0 or left out.
    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public void CodecDecode_OtherNumberOfFeatures_ReadsThoseThatBothKnow(int count) => RosterGen.Row.Sample(row =>
    {
        var stored = row with { Features = [.. Enumerable.Range(1, count).Select(i => (float)i)] };

        Assert.Equal(
            Enumerable.Range(1, CompletionFeatures.Count).Select(i => i <= count ? (float)i : 0),
            RosterRowCodec.Decode(RosterRowCodec.Encode(stored)).Features);
    });

    [Fact]
    public void CompareTo_AnyVersions_IsByIncarnationThenSequenceThenDefinition() =>
        Gen.Select(Gen.Long[0, 2], Gen.Long[0, 2], Gen.Long[0, 2]).Array[2].Sample(pair =>
        {
            var (a, b) = (new RowVersion(pair[0].Item1, pair[0].Item2, pair[0].Item3), new RowVersion(pair[1].Item1, pair[1].Item2, pair[1].Item3));
            var expected = pair[0].CompareTo(pair[1]);

            Assert.Equal(Math.Sign(expected), Math.Sign(a.CompareTo(b)));
            Assert.Equal((expected > 0, expected < 0, expected >= 0, expected <= 0), (a > b, a < b, a >= b, a <= b));
        });

    private static string[] Rows(LivingLearner learner) =>
        [.. learner.State.Enrolments.Select(e => Convert.ToHexString(RosterRowCodec.Encode(learner.RowOf(new("ada"), e, 1))))];
}
