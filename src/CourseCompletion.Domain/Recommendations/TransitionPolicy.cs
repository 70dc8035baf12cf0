namespace CourseCompletion.Domain.Recommendations;

/// <summary>The numbers of a <see cref="TransitionModel"/>.</summary>
/// <param name="HistoryMax">How many of the courses that a learner took last count, at least 1.</param>
/// <param name="RecencyPower">The k-th last course says 1/k to this power of what the last one says; at least 0.</param>
/// <param name="Window">How many courses lie between two that are counted as a transition at most, plus 1.</param>
/// <param name="BackwardWeight">What a transition says for the way back, relative to its own, 0 to 1.</param>
/// <param name="TargetsMax">How many courses are kept that may follow upon one; up to twice as many between two prunings.</param>
/// <param name="PriorTransitions">How many transitions the popularity of courses is worth against those seen from one, above 0.</param>
/// <param name="LearningRate">How far one enrolment moves a weight at most, in logits, above 0.</param>
public sealed record TransitionPolicy(
    int HistoryMax, double RecencyPower, int Window, double BackwardWeight, int TargetsMax, double PriorTransitions, double LearningRate)
{
    /// <summary>What the release uses; decision 0035 says how they were found.</summary>
    public static TransitionPolicy Default { get; } = new(
        HistoryMax: 20, RecencyPower: 1, Window: 10, BackwardWeight: 0.3, TargetsMax: 128, PriorTransitions: 5, LearningRate: 0.05);
}
