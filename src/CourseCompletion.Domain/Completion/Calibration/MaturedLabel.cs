namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>A label with the prediction of one model that waited for it.</summary>
/// <param name="Place">Where it stands among the course's labels.</param>
/// <param name="Logit">The model's own logit.</param>
/// <param name="ServedLogit">The logit that was answered.</param>
/// <param name="Completed">What happened.</param>
/// <param name="IsHeldOut">Whether the learner was in the global holdout when it was predicted: whom no campaign reaches.</param>
public readonly record struct MaturedLabel(LabelPlace Place, float Logit, float ServedLogit, bool Completed, bool IsHeldOut);
