using System.Globalization;

namespace CourseCompletion.Cli.Delivery;

/// <summary>How fast event time passes: as fast as it goes, or so many times as fast as it happened.</summary>
/// <param name="Factor">How many seconds of event time a second takes; null for as fast as it goes.</param>
internal readonly record struct Pace(double? Factor)
{
    public static readonly Pace Max = new(null);

    /// <summary>As fast as it happened.</summary>
    public static readonly Pace RealTime = new(1);

    /// <summary>Reads <c>max</c> or a positive factor.</summary>
    public static bool TryParse(string text, out Pace pace)
    {
        pace = Max;
        if (text.Equals("max", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var isFactor = double.TryParse(text.TrimEnd('x', 'X'), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            && factor > 0 && double.IsFinite(factor);
        pace = isFactor ? new(factor) : Max;
        return isFactor;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Factor is { } factor ? factor.ToString(CultureInfo.InvariantCulture) : "max";

    /// <summary>How long after the first event the one at this distance in event time is due.</summary>
    public TimeSpan After(TimeSpan eventTime) => Factor is { } factor ? eventTime / factor : TimeSpan.Zero;
}
