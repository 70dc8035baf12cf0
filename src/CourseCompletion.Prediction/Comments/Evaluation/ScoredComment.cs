using CourseCompletion.Prediction.Comments.Training;

namespace CourseCompletion.Prediction.Comments.Evaluation;

/// <summary>A comment and what a model that never saw it reads.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="IsEnglish">Whether it was taken for English.</param>
/// <param name="Positive">The probability that its author is content.</param>
/// <param name="Took">How long the reading took.</param>
public readonly record struct ScoredComment(LabelledComment Comment, bool IsEnglish, double Positive, TimeSpan Took);
