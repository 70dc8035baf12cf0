namespace CourseCompletion.Domain.Completion.Index;

/// <summary>A number with its 90 % interval.</summary>
/// <param name="Value">The number.</param>
/// <param name="Low">5 % lie below.</param>
/// <param name="High">5 % lie above.</param>
public readonly record struct Interval90(double Value, double Low, double High)
{
    /// <summary>How many standard deviations of a normal distribution the bounds are away.</summary>
    public const double Deviations = 1.6448536269514722;

    /// <summary>The bounds of a normal distribution.</summary>
    public static Interval90 Of(double mean, double variance) =>
        new(mean, mean - (Deviations * Math.Sqrt(variance)), mean + (Deviations * Math.Sqrt(variance)));

    /// <summary>A probability whose logit is normally distributed.</summary>
    public static Interval90 OfLogit(double mean, double variance) => Of(mean, variance).FromLogit();

    /// <summary>The same on the probability scale.</summary>
    public Interval90 FromLogit() => new(PortableMath.Logistic(Value), PortableMath.Logistic(Low), PortableMath.Logistic(High));
}
