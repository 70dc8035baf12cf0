using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>A column that sorts enrolments into groups, to compare how well the predictions fit each; never a feature.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="ValueOf">The group of an enrolment.</param>
public sealed record GroupColumn(string Name, Func<EnrolmentOutcome, string> ValueOf);
