using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>What is known of one course's intercept from its own labels.</summary>
/// <remarks>
/// The line is kept by its height at the centre of the course's logits, where height and slope are known independently of each other: learning the slope elsewhere then
/// turns the line about that point instead of lifting it.
/// </remarks>
public sealed class CourseCalibration(CourseId course)
{
    /// <summary>The course.</summary>
    public CourseId Course { get; } = course;

    /// <summary>The calibrated logit at <see cref="Centre"/>.</summary>
    public double Level { get; set; }

    /// <summary>The mean logit of the labels, weighted by information.</summary>
    public double Centre { get; set; }

    /// <summary>Information about <see cref="Level"/>: the inverse of its variance.</summary>
    public double Information { get; set; }

    /// <summary>The sum of weights of all labels, of every course, when this course's latest label came.</summary>
    public double LatestAt { get; set; }

    /// <summary>The line's height at a logit of 0.</summary>
    public double InterceptAt(double slope) => Level - (slope * Centre);
}
