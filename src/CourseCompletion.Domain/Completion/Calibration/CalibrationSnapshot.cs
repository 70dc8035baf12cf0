using System.Collections.Frozen;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>How a model's logits are to be read as of some label: immutable, thread-safe, allocates nothing.</summary>
public sealed class CalibrationSnapshot
{
    private readonly FrozenDictionary<CourseId, double> _intercepts;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="labels">How many labels, proxy labels included, were learned from.</param>
    /// <param name="slope">The slope, above 0.</param>
    /// <param name="globalIntercept">The intercept of courses without one of their own.</param>
    /// <param name="courseIntercepts">The intercepts of courses, each already drawn to the global one.</param>
    public CalibrationSnapshot(long labels, double slope, double globalIntercept, IEnumerable<KeyValuePair<CourseId, double>> courseIntercepts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slope);
        Labels = labels;
        Slope = slope;
        GlobalIntercept = globalIntercept;
        _intercepts = courseIntercepts.ToFrozenDictionary();
    }

    /// <summary>Leaves every logit as it is.</summary>
    public static CalibrationSnapshot None { get; } = new(0, 1, 0, []);

    /// <summary>How many labels, proxy labels included, were learned from; it names what the snapshot says.</summary>
    public long Labels { get; }

    /// <summary>Whether it leaves every logit as it is.</summary>
    public bool IsIdentity => Slope == 1 && GlobalIntercept == 0 && _intercepts.Count == 0;

    /// <summary>The slope, above 0.</summary>
    public double Slope { get; }

    /// <summary>The intercept of courses without one of their own.</summary>
    public double GlobalIntercept { get; }

    /// <summary>The intercepts of courses that have one of their own.</summary>
    public IReadOnlyDictionary<CourseId, double> CourseIntercepts => _intercepts;

    /// <summary>The intercept that holds for a course.</summary>
    public double InterceptOf(CourseId course) => FindIntercept(course) ?? GlobalIntercept;

    /// <summary>The course's own intercept; null when it has none.</summary>
    public double? FindIntercept(CourseId course) => _intercepts.TryGetValue(course, out var intercept) ? intercept : null;

    /// <summary>The calibrated logit of a course's prediction: always higher for a higher <paramref name="logit"/>.</summary>
    public double Calibrate(CourseId course, double logit) => InterceptOf(course) + (Slope * logit);
}
