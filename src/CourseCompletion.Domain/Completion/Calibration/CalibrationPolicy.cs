namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The numbers that online calibration decides with. Logits are natural; information is the sum of weight p (1 - p) over labels, the inverse of a variance.</summary>
public sealed record CalibrationPolicy
{
    /// <summary>The policy in use.</summary>
    public static CalibrationPolicy Default { get; } = new();

    /// <summary>Logits beyond this, either way, are learned from as this.</summary>
    public double LogitMax { get; init; } = 8;

    /// <summary>How far the global intercept is expected from 0, where the model's own training left it (standard deviation), unless the courses say otherwise.</summary>
    public double InterceptPriorSd { get; init; } = 0.3;

    /// <summary>How far courses are expected to lie from the global intercept before anything is known (standard deviation).</summary>
    public double CourseSd { get; init; } = 0.3;

    /// <summary>As how many courses <see cref="CourseSd"/> counts beside those seen.</summary>
    public double CourseSdWeight { get; init; } = 4;

    /// <summary>The spread of courses is never taken for less than this: some room to differ remains.</summary>
    public double CourseSdMin { get; init; } = 0.05;

    /// <summary>Information of a course before its first label.</summary>
    public double CourseInformationMin { get; init; } = 2;

    /// <summary>Information of a course is capped here, so that old labels fade: 500 are about 4,000 labels at a base rate of 15 %.</summary>
    public double CourseInformationMax { get; init; } = 500;

    /// <summary>What drift leaves of a course's information: about 80 labels' worth.</summary>
    public double CourseInformationAfterDrift { get; init; } = 10;

    /// <summary>Information about the slope before the first label: a slope of 1, give or take 0.25.</summary>
    public double SlopeInformationMin { get; init; } = 16;

    /// <summary>Information about the slope is capped here, so that old labels fade.</summary>
    public double SlopeInformationMax { get; init; } = 2_000;

    /// <summary>The slope is never below this: a higher logit never means a lower probability.</summary>
    public double SlopeMin { get; init; } = 0.2;

    /// <summary>The slope is never above this.</summary>
    public double SlopeMax { get; init; } = 4;

    /// <summary>After how many labels, counted by weight, a course that had none since counts half in the global intercept.</summary>
    public double CourseHalfLifeLabels { get; init; } = 20_000;

    /// <summary>How many courses are kept; the one whose latest label is oldest makes room.</summary>
    public int CoursesMax { get; init; } = 4_096;
}
