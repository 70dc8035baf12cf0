using CourseCompletion.Prediction.Comments.Evaluation;

namespace CourseCompletion.Cli.Comments;

/// <summary>The results of an evaluation of comments.</summary>
/// <param name="Protocol">What was trained and tested on.</param>
/// <param name="LeftOut">How many comments were not tested because they are repeats or were trained on.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Report">The figures.</param>
/// <param name="SecondOpinion">What a second reader adds; null when none was named.</param>
internal sealed record CommentSummary(string Protocol, int LeftOut, TimeSpan Elapsed, CommentReport Report, SecondOpinionReport? SecondOpinion);
