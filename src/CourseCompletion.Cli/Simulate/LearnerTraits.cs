namespace CourseCompletion.Cli.Simulate;

/// <summary>What a learner is like in a course; drawn once and never changed.</summary>
/// <param name="Motivation">Standard normal; four fifths are the learner's, the rest the course's.</param>
/// <param name="Skill">Standard normal: scores, and how often parts are watched again.</param>
/// <param name="Activity">The probability of studying on a weekday.</param>
/// <param name="Weekend">What the odds of studying are multiplied by on Saturday and Sunday.</param>
/// <param name="Hour">The favourite hour of the day, UTC.</param>
/// <param name="Sociability">Around 1: how often the learner likes, comments, asks and answers.</param>
/// <param name="Speed">The playing speed.</param>
/// <param name="EnrolDay">On which day of the course the learner enrols.</param>
internal sealed record LearnerTraits(
    double Motivation, double Skill, double Activity, double Weekend, double Hour, double Sociability, double Speed, int EnrolDay)
{
    private static readonly double[] _speeds = [1, 1, 1, 1, 1.25, 1.25, 1.5, 2];

    // Eight in twenty-five study in the morning or at noon, the others in the evening.
    private static readonly double[] _hours = [7.5, 7.5, 12.5, 20, 20, 20, 20, 21.5];

    /// <summary>Draws a learner.</summary>
    public static LearnerTraits Draw(ClassOptions options, int learner, int course)
    {
        var own = new Chance(options.Seed, 1, learner);
        var here = new Chance(options.Seed, 2, learner, course);
        var motivation = (0.8 * own.Normal()) + (0.6 * here.Normal());
        var latest = Math.Max(1, options.CourseDays / 3);
        return new(
            motivation,
            own.Normal(),
            HazardModel.Logistic(-0.1 + (0.8 * motivation) + (0.4 * own.Normal())),
            Math.Exp(-0.2 + (0.5 * own.Normal())),
            Math.Clamp(_hours[own.Below(_hours.Length)] + own.Normal(), 0.5, 23),
            Math.Exp(0.7 * own.Normal()),
            _speeds[own.Below(_speeds.Length)],
            Math.Min(latest - 1, (int)(-Math.Log(1 - here.Uniform()) * options.CourseDays / 20)));
    }
}
