namespace CourseCompletion.Domain.Completion;

/// <summary>Intervals that hold the truth in 80 of 100 cases.</summary>
public static class CompletionIntervals
{
    // The normal distribution has 80 % within so many deviations.
    private const double Deviations = 1.2815515655446004;

    /// <summary>The interval of the share who complete in a group of learners like one.</summary>
    /// <param name="logit">The logit of the probability.</param>
    /// <param name="deviation">The standard deviation of the logit (<see cref="ICompletionPredictor.DeviationOf"/>).</param>
    public static (float Low, float High) OfProbability(double logit, double deviation) =>
        ((float)PortableMath.Logistic(logit - (Deviations * deviation)), (float)PortableMath.Logistic(logit + (Deviations * deviation)));

    /// <summary>The interval of how many complete.</summary>
    /// <param name="expected">How many are expected: the sum of the probabilities.</param>
    /// <param name="variance">What chance does to independent learners: the sum of p (1 - p).</param>
    /// <param name="spread">What they have in common, as the course: the sum of p (1 - p) times the deviation of the logit.</param>
    /// <param name="learners">How many there are; 0 and this bound the interval.</param>
    public static (double Low, double High) OfCount(double expected, double variance, double spread, double learners)
    {
        var reach = Deviations * Math.Sqrt(variance + (spread * spread));
        return (Math.Max(0, expected - reach), Math.Min(learners, expected + reach));
    }
}
