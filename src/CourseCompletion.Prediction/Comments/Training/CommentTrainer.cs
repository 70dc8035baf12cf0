using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments.Seeds;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>Learns a model of comments from labelled ones: their sentiment; everything else begins with <see cref="CommentSeeds"/>.</summary>
/// <remarks>
/// Three linear separations over the features of a comment are averaged. They see each feature multiplied by how rare it is, by its naive Bayes log-count ratio (Wang and Manning, Baselines and Bigrams, ACL 2012), and by both. The penalty is the one under
/// which comments that a separation did not see are read best, and a line over their scores makes probabilities (<see cref="UnseenScores"/>). Decision 0034 says what else was tried.
/// </remarks>
public static class CommentTrainer
{
    private const long SampleSeed = 7;

    // The penalty that so many comments ask for is that of all.
    private const int SampleMax = 12_000;

    // A way of reading that few comments ask for is not said to be learned.
    private const int LearnedMin = 20;

    private static readonly double[] _costs = [0.3, 1, 3];

    /// <summary>Learns.</summary>
    /// <param name="rows">The comments.</param>
    /// <param name="chosen">Those to learn from: at least three of each kind.</param>
    /// <param name="title">What the model says of itself.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stage">What to call it there.</param>
    /// <param name="cancellationToken">Stops between two passes over the comments.</param>
    public static CommentModel Train(
        CommentRows rows, int[] chosen, CommentModelTitle title, IProgress<TrainingProgress> progress, string stage, CancellationToken cancellationToken)
    {
        var sample = chosen.Length <= SampleMax ? chosen : [.. chosen.OrderBy(row => CommentFolds.PlaceOf(rows.Comments[row], SampleSeed)).Take(SampleMax)];
        UnseenScores? best = null;
        foreach (var (attempt, cost) in _costs.Index())
        {
            progress.Report(new($"{stage}: penalty {cost}", attempt, _costs.Length));
            var scores = UnseenScores.Of(rows, sample, cost, others => Learn(rows, others, cost, cancellationToken));
            best = best is null || scores.LogLoss < best.LogLoss ? scores : best;
        }

        progress.Report(new($"{stage}: calibration", 0, chosen.Length));
        var chosenCost = best!.Cost;
        var unseen = sample.Length == chosen.Length ? best : UnseenScores.Of(rows, chosen, chosenCost, others => Learn(rows, others, chosenCost, cancellationToken));
        progress.Report(new($"{stage}: sentiment", 0, chosen.Length));
        var learned = Learn(rows, chosen, chosenCost, cancellationToken).Times(unseen.Slope);
        return ModelOf(rows, chosen, learned with { Bias = learned.Bias + unseen.Intercept }, title);
    }

    private static LinearSentiment Learn(CommentRows rows, int[] chosen, double cost, CancellationToken cancellationToken)
    {
        var counts = FeatureCounts.Of(rows, chosen);
        LinearSentiment[] learned =
        [
            .. new[] { counts.Rarities(), counts.LogCountRatios(), counts.RareRatios() }
                .Select(scales => Evened(rows, chosen, MarginFit.Run(rows, chosen, scales, cost, cancellationToken))),
        ];
        return learned.Aggregate((sum, one) => sum.Plus(one));
    }

    // They count alike only if their scores are of the same size.
    private static LinearSentiment Evened(CommentRows rows, int[] chosen, LinearSentiment learned) => learned.Times(1 / Math.Max(1e-9, chosen.Average(row => Math.Abs(learned.Of(rows, row)))));

    private static CommentModel ModelOf(CommentRows rows, int[] chosen, LinearSentiment learned, CommentModelTitle title)
    {
        var largest = learned.Weights.Length == 0 ? 0 : learned.Weights.Max(Math.Abs);
        var scale = largest > 0 ? largest / short.MaxValue : 1;
        var sentiment = new short[1 << CommentModel.BucketBits];
        for (var feature = 0; feature < learned.Weights.Length; feature++)
        {
            sentiment[rows.Buckets[feature]] = (short)MathF.Round(learned.Weights[feature] / scale);
        }

        return new()
        {
            Name = title.Name,
            LearnedFrom = title.LearnedFrom,
            FeatureVersion = CommentFeatures.Version,
            TrainedComments = chosen.Length,
            LearnedCharacters = chosen.Count(row => !rows.IsWords(row)) >= LearnedMin,
            LearnedWords = chosen.Count(rows.IsWords) >= LearnedMin,
            Biases = [(float)learned.Bias, .. CommentSeeds.Biases.Skip((int)CommentHead.Sentiment + 1)],
            Sentiment = sentiment,
            SentimentScale = scale,
            Vader = learned.Vader,
            Seeds = CommentSeeds.Weights,
        };
    }
}

/// <summary>What a model says of itself.</summary>
/// <param name="Name">Its name, recorded with what it read.</param>
/// <param name="LearnedFrom">What it was learned from.</param>
public sealed record CommentModelTitle(string Name, string LearnedFrom);
