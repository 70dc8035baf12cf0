using System.Collections.Concurrent;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>A model as the labels of one tenant's courses let it be read.</summary>
/// <remarks>Immutable to its users and thread-safe. Courses that no label was learned of share one predictor.</remarks>
/// <param name="model">The model.</param>
/// <param name="calibration">What was learned from the tenant's labels.</param>
public sealed class TenantModel(ICompletionPredictor model, CalibrationSnapshot calibration)
{
    private readonly ICompletionPredictor _elsewhere = calibration.IsIdentity ? model : new CalibratedCompletionPredictor(model, calibration, calibration.GlobalIntercept);
    private readonly ConcurrentDictionary<CourseId, ICompletionPredictor> _ofCourses = [];

    /// <summary>The model itself, whose logits nothing was done to.</summary>
    public ICompletionPredictor Model => model;

    /// <summary>What every score of it is recorded with: the model's name, and after how many labels its logits are read so, unless they are read as they are.</summary>
    public string Version => _elsewhere.ModelVersion;

    /// <summary>What scores a course.</summary>
    public ICompletionPredictor For(CourseId course) => calibration.FindIntercept(course) is { } intercept
        ? _ofCourses.GetOrAdd(course, static (_, made) => new CalibratedCompletionPredictor(made.model, made.calibration, made.intercept), (model, calibration, intercept))
        : _elsewhere;

    /// <summary>Predicts for a course, before and after calibration.</summary>
    public ModelPrediction Predict(CourseId course, ReadOnlySpan<float> features)
    {
        var logit = PortableMath.Logit(model.Score(features));
        return new(model.ModelVersion, (float)logit, (float)calibration.Calibrate(course, logit));
    }
}
