namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The numbers that a model's health is kept with.</summary>
public sealed record HealthPolicy
{
    /// <summary>The policy in use.</summary>
    public static HealthPolicy Default { get; } = new();

    /// <summary>How calibration learns.</summary>
    public CalibrationPolicy Calibration { get; init; } = CalibrationPolicy.Default;

    /// <summary>How many labels half of a model's window takes.</summary>
    public int PaneLabels { get; init; } = 10_000;

    /// <summary>How many labels half of a course's window takes.</summary>
    public int CoursePaneLabels { get; init; } = 1_000;

    /// <summary>Of how many courses figures are kept, each up to 8 KB; further courses count in the model's figures only.</summary>
    public int CoursesMax { get; init; } = 512;

    /// <summary>Further drift found within so many labels of an alarm belongs to it.</summary>
    public int AlarmEpisodeLabels { get; init; } = 5_000;

    /// <summary>How unlikely a false drift alarm is at each look: ADWIN's delta.</summary>
    public double DriftDelta { get; init; } = 0.002;
}
