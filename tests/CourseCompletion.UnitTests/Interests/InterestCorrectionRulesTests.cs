using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Interests;

public class InterestCorrectionRulesTests
{
    private static readonly Gen<InterestCorrection> _correction = Gen.Select(
        Gen.Int[0, 3].Select(i => new[] { "algebra", "逻辑", "c++", "sets" }[i]),
        Gen.Int[0, 2].Select(i => (InterestVerdict)i),
        (topic, verdict) => new InterestCorrection(topic, verdict));

    [Fact]
    public void Fold_AnyOrder_TheLastWordHoldsAndReplayIsTheSame() => _correction.Array[0, 20].Sample(corrections =>
    {
        var (live, replayed) = (new LearnerState(), new LearnerState());
        foreach (var correction in corrections)
        {
            InterestCorrectionRules.Fold(live, correction);
            var frame = new LearnerFrame(replayed.Sequence + 1, MondayMs, 1, "prior-1", [], null, []) { Corrections = [correction] };
            LearnerFrame.Decode(frame.Encode(new PayloadWriter())).Replay(replayed, LearnerPolicy.Default);
        }

        foreach (var last in corrections.GroupBy(correction => correction.Topic).Select(said => said.Last()))
        {
            Assert.Equal(last.Verdict, InterestCorrectionRules.VerdictOn(live, last.Topic));
        }

        live.Sequence = replayed.Sequence;
        Assert.Equal(LearnerSnapshotCodec.Encode(live), LearnerSnapshotCodec.Encode(replayed));
        Assert.Equal(live.InterestCorrections, LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(live)).InterestCorrections);
        Assert.InRange(LearnerSnapshotCodec.Encode(live).Length, 0, live.StateBytes + 64);
    });

    [Fact]
    public void Fold_TheSameAgain_ChangesNothing()
    {
        var state = new LearnerState();

        Assert.True(InterestCorrectionRules.Fold(state, new("sets", InterestVerdict.Interested)));
        Assert.False(InterestCorrectionRules.Fold(state, new("sets", InterestVerdict.Interested)));
        Assert.True(InterestCorrectionRules.Fold(state, new("sets", InterestVerdict.AsObserved)));
        Assert.False(InterestCorrectionRules.Fold(state, new("sets", InterestVerdict.AsObserved)));
        Assert.Equal(0, state.StateBytes);
    }

    [Fact]
    public void Check_AtTheCap_RefusesAnotherTopicOnly()
    {
        var state = new LearnerState();
        for (var i = 0; i < InterestCorrectionRules.CorrectionsMax; i++)
        {
            var correction = new InterestCorrection($"topic {i}", InterestVerdict.NotInterested);
            Assert.Null(InterestCorrectionRules.Check(state, correction, LearnerPolicy.Default));
            InterestCorrectionRules.Fold(state, correction);
        }

        Assert.Equal("topic", InterestCorrectionRules.Check(state, new("one more", InterestVerdict.Interested), LearnerPolicy.Default)?.Field);
        Assert.Null(InterestCorrectionRules.Check(state, new("topic 3", InterestVerdict.Interested), LearnerPolicy.Default));
        Assert.Null(InterestCorrectionRules.Check(state, new("one more", InterestVerdict.AsObserved), LearnerPolicy.Default));
        Assert.Equal("learner_id", InterestCorrectionRules.Check(new(), new("sets", InterestVerdict.Interested), LearnerPolicy.Default with { StateBytesMax = 3 })?.Field);
    }

    [Theory]
    [InlineData("  Machine   LEARNING ", "machine learning")]
    [InlineData("Ｃ＋＋", "c++")]
    [InlineData("机器学习", "机器学习")]
    public void TopicName_AnySpelling_IsOne(string text, string name)
    {
        Assert.Equal(name, TopicName.Of(text));
        Assert.Null(TopicName.Check(text, "topic"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("a\u0001")]
    public void TopicName_None_IsRefused(string text) => Assert.Equal("topic", TopicName.Check(text, "topic")?.Field);
}
