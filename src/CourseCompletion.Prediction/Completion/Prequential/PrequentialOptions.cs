using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Completion.Prequential;

/// <summary>How a history is lived through with predictions.</summary>
public sealed record PrequentialOptions
{
    /// <summary>How the model is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The courses to train on; null for those that mature first, up to <see cref="TrainShare"/>.</summary>
    public IReadOnlySet<CourseId>? TrainCourses { get; init; }

    /// <summary>The share of enrolments to train on when no courses are named, above 0 and below 1.</summary>
    public double TrainShare { get; init; } = 0.2;

    /// <summary>When labels mature.</summary>
    public MaturityPolicy Maturity { get; init; } = MaturityPolicy.Default;

    /// <summary>How calibration learns.</summary>
    public HealthPolicy Health { get; init; } = HealthPolicy.Default;

    /// <summary>What is added to the model's logits from <see cref="ShiftAt"/> on; 0 for nothing.</summary>
    public double Shift { get; init; }

    /// <summary>The share of predictions, in order of time, before the shift.</summary>
    public double ShiftAt { get; init; } = 0.2;
}
