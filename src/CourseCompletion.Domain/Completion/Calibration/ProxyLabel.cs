namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Whether a learner was active in the week after a prediction.</summary>
/// <param name="Place">Where it stands among the course's proxy labels: in the order in which their weeks end.</param>
/// <param name="Week">The week of the enrolment in which the prediction was made, from 0.</param>
/// <param name="Logit">The model's own logit of completion.</param>
/// <param name="IsActive">Whether the learner was active.</param>
public readonly record struct ProxyLabel(LabelPlace Place, int Week, float Logit, bool IsActive);
