using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Prediction.Comments.Evaluation;

/// <summary>What a second reader adds, asked about the comments of which the first was unsure.</summary>
/// <param name="Asked">Of how many it was asked.</param>
/// <param name="FirstAccuracy">The share of those that the first reader read rightly; NaN when there are none.</param>
/// <param name="SecondAccuracy">The share of those that the second reader read rightly; NaN when there are none.</param>
/// <param name="Accuracy">The share of all comments that the two together read rightly.</param>
/// <param name="Auc">The chance that a positive comment is read as more positive than a negative one, by the two together.</param>
/// <param name="MillisecondsPerComment">The median time of the second reader's reading; NaN when there are none.</param>
public sealed record SecondOpinionReport(int Asked, double FirstAccuracy, double SecondAccuracy, double Accuracy, double Auc, double MillisecondsPerComment)
{
    /// <summary>Asks a second reader as a server would.</summary>
    /// <param name="scored">What the first reader made of comments.</param>
    /// <param name="reader">The second reader.</param>
    /// <param name="asked">Told how many it was asked about so far.</param>
    /// <param name="cancellationToken">Stops between two readings.</param>
    public static SecondOpinionReport Of(IReadOnlyList<ScoredComment> scored, ISecondCommentReader reader, Action<int> asked, CancellationToken cancellationToken)
    {
        var probabilities = new double[scored.Count];
        var times = new List<TimeSpan>();
        var (first, second, right) = (0, 0, 0);
        for (var i = 0; i < scored.Count; i++)
        {
            var (comment, positive) = (scored[i].Comment, scored[i].Positive);
            probabilities[i] = positive;
            if (CommentOpinionRules.IsUnsure(positive, reader.MarginPercent))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var begun = TimeProvider.System.GetTimestamp();
                probabilities[i] = reader.ReadPositive(comment.Text);
                times.Add(TimeProvider.System.GetElapsedTime(begun));
                first += IsRight(positive, comment.IsPositive);
                second += IsRight(probabilities[i], comment.IsPositive);
                asked(times.Count);
            }

            right += IsRight(probabilities[i], comment.IsPositive);
        }

        times.Sort();
        return new(
            times.Count,
            (double)first / times.Count,
            (double)second / times.Count,
            (double)right / scored.Count,
            RankingMetrics.Auc(probabilities, [.. scored.Select(comment => comment.Comment.IsPositive)]),
            times.Count == 0 ? double.NaN : times[times.Count / 2].TotalMilliseconds);
    }

    private static int IsRight(double positive, bool isPositive) => positive >= 0.5 == isPositive ? 1 : 0;
}
