using CourseCompletion.Cli.Simulate.Responses;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Simulate.Responses;

public class NudgedLearnerTests
{
    private static readonly List<NudgedLearner> _learners = [.. Enumerable.Range(0, 2_000).Select(number => new NudgedLearner(new(), 1, number))];

    [Fact]
    public void Uplift_ManyLearners_HelpsMostAndDrivesSleepingDogsAway()
    {
        var (dogs, others) = (_learners.Where(learner => learner.Traits.IsSleepingDog).ToList(), _learners.Where(learner => !learner.Traits.IsSleepingDog).ToList());

        Assert.InRange(dogs.Count, 100, 300);
        Assert.InRange(dogs.Average(learner => learner.Uplift), -0.3, -0.02);
        Assert.InRange(others.Average(learner => learner.Uplift), 0.02, 0.3);
    }

    [Fact]
    public void Uplift_AfterManySends_IsLessAndRecovers()
    {
        // A law under which nobody ever returns or answers differently: only fatigue is left to differ.
        var (tired, rested) = (new NudgedLearner(new(), 3, 7), new NudgedLearner(new(), 3, 7));
        double LogitsOf(NudgedLearner learner) => Logit(learner.ReturnProbability(true)) - Logit(learner.ReturnProbability(false));
        for (var day = 0; day < 6; day++)
        {
            tired.Live(nudged: true, armLogits: -50);
            rested.Live(nudged: true, armLogits: -50);
        }

        var whenTired = LogitsOf(tired) - (0.8 * tired.HourMatch);
        for (var day = 0; day < 12; day++)
        {
            rested.Live(nudged: false);
        }

        Assert.True(LogitsOf(rested) - (0.8 * rested.HourMatch) > whenTired + 0.5);
    }

    [Fact]
    public void Live_SameSeed_IsTheSameLife()
    {
        var (one, other) = (new NudgedLearner(new(), 5, 11), new NudgedLearner(new(), 5, 11));

        Assert.Equal(Enumerable.Range(0, 30).Select(day => one.Live(day % 3 == 0)), Enumerable.Range(0, 30).Select(day => other.Live(day % 3 == 0)));
        Assert.Equal(one.Situation, other.Situation);
    }

    [Fact]
    public void Uplift_StrengthOfZero_IsNone() =>
        Assert.All(Enumerable.Range(0, 50), number => Assert.Equal(0, new NudgedLearner(new(Strength: 0), 1, number).Uplift));

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));
}
