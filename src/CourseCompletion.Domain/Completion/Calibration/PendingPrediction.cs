namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The predictions of an enrolment that wait for what happens.</summary>
/// <param name="Week">The newest week of the enrolment in which a prediction was taken, from 0.</param>
/// <param name="WeekCount">In how many weeks one was taken.</param>
/// <param name="Kept">The one that waits for the label; it is equally likely to be of any of those weeks.</param>
/// <param name="Proxy">The one whose learner's activity in the week after is waited for; null between two.</param>
public sealed record PendingPrediction(int Week, int WeekCount, TakenPrediction Kept, TakenPrediction? Proxy);

/// <summary>A prediction that was put aside.</summary>
/// <param name="Week">The week of the enrolment, from 0.</param>
/// <param name="AtMs">When it was made, and as of when.</param>
/// <param name="Champion">What the model that scored said.</param>
/// <param name="Shadow">What the model beside it said; null without one.</param>
public sealed record TakenPrediction(int Week, long AtMs, ModelPrediction Champion, ModelPrediction? Shadow);
