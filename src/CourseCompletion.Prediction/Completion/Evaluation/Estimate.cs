namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>A number with its 95 % interval.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    private const double Tail = 0.025;

    /// <summary>A number with the interval that holds 95 % of its resamples.</summary>
    public static Estimate Of(double value, double[] resamples)
    {
        var sorted = resamples.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0
            ? new(value, double.NaN, double.NaN)
            : new(value, sorted[(int)(Tail * (sorted.Length - 1))], sorted[(int)Math.Ceiling((1 - Tail) * (sorted.Length - 1))]);
    }
}
