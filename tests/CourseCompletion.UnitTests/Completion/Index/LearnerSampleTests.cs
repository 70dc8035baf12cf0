using CourseCompletion.Domain.Completion.Index;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Index;

public class LearnerSampleTests
{
    [Fact]
    public void Of_FewLearners_IsExactAndKeepsTheNewestDay()
    {
        var sample = LearnerSample.Of([SampledLearner.Of("ada", 3), SampledLearner.Of("bob", 4), SampledLearner.Of("ada", 9), SampledLearner.Of("ada", 5)]);

        Assert.Equal(2, sample.Estimate);
        Assert.Equal(9, sample.Learners.Single(learner => learner.Hash == SampledLearner.Of("ada", 0).Hash).Day);
        Assert.Equal(1, sample.EstimateWithout(LearnerSample.Of(Learners(0, 0).Append(SampledLearner.Of("bob", 1)))));
    }

    [Fact]
    public void Of_ManyLearners_HoldsTheCapAndEstimatesWithinATenth()
    {
        var active = LearnerSample.Of(Learners(0, 100_000));
        var enrolled = LearnerSample.Of(Learners(60_000, 140_000));

        Assert.Equal(LearnerSample.LearnersMax, active.Learners.Count);
        Assert.InRange(active.Estimate, 90_000, 110_000);
        Assert.InRange(active.EstimateWithout(enrolled), 50_000, 70_000);
    }

    [Fact]
    public void Of_SamplesOfParts_IsTheSampleOfTheWhole()
    {
        LearnerSample[] parts = [LearnerSample.Of(Learners(0, 3_000)), LearnerSample.Of(Learners(2_000, 5_000)), LearnerSample.Of(Learners(5_000, 5_010))];
        var united = LearnerSample.Of(parts.SelectMany(part => part.Learners), parts.Min(part => part.HashBelow));
        var whole = LearnerSample.Of(Learners(0, 5_010));

        Assert.Equal(whole.Learners, united.Learners);
        Assert.Equal(whole.HashBelow, united.HashBelow);
    }

    private static IEnumerable<SampledLearner> Learners(int from, int to) => Enumerable.Range(from, to - from).Select(i => SampledLearner.Of($"learner-{i}", 1));
}
