using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.Prediction.Recommendations.Peers;

namespace CourseCompletion.Prediction.Recommendations;

/// <summary>The engine's recommender beside others that learn from the same histories and are tried on the same learners.</summary>
public static class RecommenderComparison
{
    /// <summary>The peers of full item-by-item matrices are left out where there are more items: a matrix takes eight bytes a pair.</summary>
    public const int MatrixItemsMax = 12_000;

    // The best of 1, 0.9, 0.8 and 0.7, and of 100, 300 and 1,000, on the data that decision 0035 names.
    private const double PeerRecency = 0.7;
    private const double EasePenalty = 100;

    /// <summary>Learns and measures all of them, the engine's own first.</summary>
    /// <param name="holdOut">What is learned from, and what was held out.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static IReadOnlyList<RecommendationReport> Run(HoldOut holdOut, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        [.. Recommenders(holdOut.Train, progress, cancellationToken).Select(scorer => RecommendationEvaluation.Measure(scorer, holdOut, progress, cancellationToken))];

    // One after the other, so that only one peer's matrix is in memory.
    private static IEnumerable<IItemScorer> Recommenders(ItemHistories train, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        yield return new TransitionScorer(TransitionTrainer.Train(train, TransitionPolicy.Default, progress, cancellationToken));
        yield return new PopularityScorer(train);
        if (train.Items.Count > MatrixItemsMax)
        {
            yield break;
        }

        var matrices = new (string Name, Func<float[]> Learn)[]
        {
            ("item-knn", () => ItemMatrices.Cosine(train)),
            ("ease", () => ItemMatrices.Ease(train, EasePenalty, progress, cancellationToken)),
        };
        foreach (var (name, learn) in matrices)
        {
            var rows = learn();
            yield return new ItemMatrixScorer(name, rows, train.Items.Count, 1);
            yield return new ItemMatrixScorer($"{name}, recency", rows, train.Items.Count, PeerRecency);
        }
    }
}
