namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>What one model said of an enrolment.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Logit">Its own logit, before any calibration.</param>
/// <param name="ServedLogit">The logit as its calibration of that moment read it: what was answered, or would have been by a shadow.</param>
public readonly record struct ModelPrediction(string Model, float Logit, float ServedLogit);
