using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>A prediction whose label has matured: what was said, and what happened.</summary>
/// <param name="Course">The course.</param>
/// <param name="Logit">The model's own logit when it was asked, before any calibration.</param>
/// <param name="ServedLogit">The logit that was answered then, calibrated by what was known then.</param>
/// <param name="Completed">What happened.</param>
/// <param name="Weight">How much it counts, above 0 and at most 1. The predictions of one enrolment share one label, so that their weights add up to 1.</param>
/// <param name="IsNewest">Whether it is the enrolment's last prediction. Drift is looked for in one prediction of each enrolment, because those with one label are not independent.</param>
public readonly record struct MaturedPrediction(CourseId Course, double Logit, double ServedLogit, bool Completed, double Weight, bool IsNewest);
