using System.Collections.Frozen;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>How a model's logits are to be read as of some label: immutable, thread-safe, allocates nothing.</summary>
public sealed class CalibrationSnapshot
{
    private readonly FrozenDictionary<CourseId, double> _intercepts;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="slope">The slope, above 0.</param>
    /// <param name="globalIntercept">The intercept of courses without one of their own.</param>
    /// <param name="courseIntercepts">The intercepts of courses, each already drawn to the global one.</param>
    public CalibrationSnapshot(double slope, double globalIntercept, IEnumerable<KeyValuePair<CourseId, double>> courseIntercepts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slope);
        Slope = slope;
        GlobalIntercept = globalIntercept;
        _intercepts = courseIntercepts.ToFrozenDictionary();
    }

    /// <summary>Leaves every logit as it is.</summary>
    public static CalibrationSnapshot None { get; } = new(1, 0, []);

    /// <summary>The slope, above 0.</summary>
    public double Slope { get; }

    /// <summary>The intercept of courses without one of their own.</summary>
    public double GlobalIntercept { get; }

    /// <summary>How many courses have an intercept of their own.</summary>
    public int CourseCount => _intercepts.Count;

    /// <summary>The intercept that holds for a course.</summary>
    public double InterceptOf(CourseId course) => _intercepts.TryGetValue(course, out var intercept) ? intercept : GlobalIntercept;

    /// <summary>The calibrated logit of a course's prediction: always higher for a higher <paramref name="logit"/>.</summary>
    public double Calibrate(CourseId course, double logit) => InterceptOf(course) + (Slope * logit);
}
