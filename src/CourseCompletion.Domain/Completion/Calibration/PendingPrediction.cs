namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The one prediction of an enrolment that waits for its label.</summary>
/// <param name="Week">The newest week of the enrolment in which a prediction was taken, from 0.</param>
/// <param name="WeekCount">In how many weeks one was taken; the one kept is equally likely to be of any of them.</param>
/// <param name="AtMs">When the one kept was made.</param>
/// <param name="Champion">What the model that scored said.</param>
/// <param name="Shadow">What the model beside it said; null without one.</param>
public sealed record PendingPrediction(int Week, int WeekCount, long AtMs, ModelPrediction Champion, ModelPrediction? Shadow);
