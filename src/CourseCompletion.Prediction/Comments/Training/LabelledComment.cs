namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>A comment whose sentiment is known.</summary>
/// <param name="Text">The text as it was written.</param>
/// <param name="IsPositive">Whether its author is content.</param>
public readonly record struct LabelledComment(string Text, bool IsPositive);
