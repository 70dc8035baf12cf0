namespace CourseCompletion.Cli.Simulate;

/// <summary>The truth of a simulated class: with which probability a learner stops for good on a day.</summary>
/// <remarks>
/// <para>
/// A discrete daily hazard on the logit scale, for each day from the enrolment until the learner stops or completes the course:
/// </para>
/// <code>
/// logit h(t) = -4.3                    baseline: 1.3 % a day
///            - 0.9  * motivation       standard normal, fixed for a learner and course
///            + 0.5  * difficulty       of the next lesson, standard normal times 0.6, rising by 0.8 over the course
///            + 1.4  * exp(-t / 4)      t = days since the enrolment: many only look in
///            + 1.5  * behind           share of the lessons due by now that are not complete, 0 to 1
///            + 0.6  * failed           1 after a quiz below 50 of 100, until the next one
/// </code>
/// <para>
/// Whether a learner is active on a day is drawn separately (<see cref="LearnerTraits.Activity"/>), so that silence is evidence of
/// having stopped, and not proof.
/// </para>
/// </remarks>
internal static class HazardModel
{
    private const double Baseline = -4.3;
    private const double PerMotivation = -0.9;
    private const double PerDifficulty = 0.5;
    private const double LookIn = 1.4;
    private const double LookInDays = 4;
    private const double PerBehind = 1.5;
    private const double AfterFailure = 0.6;

    /// <summary>The hazard of one day.</summary>
    public static double Daily(double motivation, double difficulty, double daysSinceEnrolment, double behind, bool failed) =>
        Logistic(
            Baseline
            + (PerMotivation * motivation)
            + (PerDifficulty * difficulty)
            + (LookIn * Math.Exp(-daysSinceEnrolment / LookInDays))
            + (PerBehind * behind)
            + (failed ? AfterFailure : 0));

    /// <summary>The logistic function.</summary>
    public static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
