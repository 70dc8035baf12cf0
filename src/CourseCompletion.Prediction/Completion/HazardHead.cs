using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion;

/// <summary>When a learner stops: for each week ahead the chance (hazard) that it is the one with the last activity, given that the learner gets there.</summary>
/// <remarks>
/// <para>Week 0 is the seven days after the vector's instant. Who is silent for good already stops in week 0. Immutable; allocates nothing.</para>
/// </remarks>
/// <param name="Trees">Trees over the features and, behind them, the number of weeks ahead; their sum is the hazard's logit.</param>
public sealed record HazardHead(TreeEnsemble Trees)
{
    /// <summary>How many weeks are looked ahead at most.</summary>
    public const int WeeksMax = 26;

    private const int WeekDays = 7;

    // Days come from numbers of single precision: a remainder of a few minutes is no week.
    private const double DaysTolerance = 0.02;

    /// <summary>The hazard of a week, 0 to 1.</summary>
    /// <param name="features">The features.</param>
    /// <param name="weeksAhead">The week, 0 for the next seven days.</param>
    public float HazardOf(ReadOnlySpan<float> features, int weeksAhead)
    {
        Span<float> vector = stackalloc float[CompletionFeatures.Count + 1];
        features[..CompletionFeatures.Count].CopyTo(vector);
        vector[^1] = weeksAhead;
        return (float)PortableMath.Logistic(Trees.Sum(vector));
    }

    /// <summary>The most likely week in which the learner stops, among those left of the course, or <see cref="WeeksMax"/> without dates.</summary>
    public StopForecast WeekOfStop(ReadOnlySpan<float> features)
    {
        Span<double> logits = stackalloc double[WeeksMax];
        logits = logits[..WeeksLeft(features)];
        Trees.SumAlongLast(features, logits);
        var (likeliest, most, remaining) = (0, 0.0, 1.0);
        for (var week = 0; week < logits.Length; week++)
        {
            var stops = remaining * PortableMath.Logistic(logits[week]);
            (likeliest, most) = stops > most ? (week, stops) : (likeliest, most);
            remaining -= stops;
        }

        return new(likeliest, (float)most, (float)(1 - remaining));
    }

    private static int WeeksLeft(ReadOnlySpan<float> features)
    {
        double share = features[FeatureIndex.ElapsedShare];
        if (share <= 0)
        {
            return WeeksMax;
        }

        var days = PortableMath.ExpM1(features[FeatureIndex.ElapsedDays]) * (1 - share) / share;
        return (int)Math.Clamp(Math.Ceiling((days - DaysTolerance) / WeekDays), 1, WeeksMax);
    }
}
