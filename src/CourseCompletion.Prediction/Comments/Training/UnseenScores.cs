using CourseCompletion.Domain.Completion;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>How comments are scored by separations that did not see them, and the line that makes logits of such scores (Platt, Probabilistic Outputs for Support Vector Machines, 1999).</summary>
/// <param name="Cost">The cost that the separations were learned with.</param>
/// <param name="Intercept">The logit of a score of 0.</param>
/// <param name="Slope">By how much the logit rises with the score; above 0.</param>
/// <param name="LogLoss">How far the probabilities are from the labels, a comment.</param>
internal sealed record UnseenScores(double Cost, double Intercept, double Slope, double LogLoss)
{
    private const int Folds = 5;
    private const long Seed = 7;

    // A line needs no more scores than a fifth of so many comments.
    private const int AllScoredMax = 15_000;

    // A separation that learned nothing must not turn the answers round.
    private const double SlopeMin = 0.01;

    /// <summary>Scores comments by what is learned from four fifths of them: each comment, or of very many one fifth.</summary>
    public static UnseenScores Of(CommentRows rows, int[] chosen, double cost, Func<int[], LinearSentiment> learn)
    {
        var fold = CommentFolds.Deal([.. chosen.Select(row => rows.Comments[row])], Folds, Seed);
        var (scored, labelled) = (new List<double>(chosen.Length), new List<bool>(chosen.Length));
        for (var part = 0; part < (chosen.Length > AllScoredMax ? 1 : Folds); part++)
        {
            var learned = learn([.. chosen.Where((_, i) => fold[i] != part)]);
            foreach (var row in chosen.Where((_, i) => fold[i] == part))
            {
                scored.Add(learned.Of(rows, row));
                labelled.Add(rows.Comments[row].IsPositive);
            }
        }

        double[] scores = [.. scored];
        bool[] labels = [.. labelled];
        var (intercept, slope) = CalibrationMetrics.Line(scores, labels);
        slope = Math.Max(slope, SlopeMin);
        var loss = scores.Zip(labels, (score, isPositive) => PortableMath.Logistic(isPositive ? intercept + (slope * score) : -intercept - (slope * score))).Average(probability => -Math.Log(Math.Max(probability, 1e-12)));
        return new(cost, intercept, slope, loss);
    }
}
