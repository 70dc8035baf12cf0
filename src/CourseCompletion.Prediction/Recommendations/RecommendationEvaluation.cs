using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Recommendations;

/// <summary>Tries recommenders on learners whose next items were held out, ranking all items but those that the learner has.</summary>
public static class RecommendationEvaluation
{
    private const int ReportEvery = 1_024;

    /// <summary>Measures one recommender.</summary>
    /// <param name="scorer">The recommender.</param>
    /// <param name="holdOut">What it learned from, and what was held out.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two learners.</param>
    public static RecommendationReport Measure(IItemScorer scorer, HoldOut holdOut, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var (train, tested) = (holdOut.Train, holdOut.TestedCount);
        var popularity = train.CountByItem().Select(count => (double)count / train.Sequences.Count).ToArray();
        var isListed = new bool[train.Items.Count];
        var scores = new float[train.Items.Count];
        var (listRoom, scoreRoom) = (new int[RecommendationReport.ListLength], new float[RecommendationReport.ListLength]);
        double ndcg = 0, recall = 0, listed = 0, taken = 0;
        var done = 0;
        for (var learner = 0; learner < train.Sequences.Count; learner++)
        {
            if (holdOut.Relevant[learner] is not { Length: > 0 } relevant)
            {
                continue;
            }

            if (done++ % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new($"ranking by {scorer.Name}", done - 1, tested));
            }

            var history = train.Sequences[learner];
            scorer.Score(history, scores);
            foreach (var item in history)
            {
                scores[item] = float.NegativeInfinity;
            }

            var best = new BestCourses(listRoom, scoreRoom);
            for (var item = 0; item < scores.Length; item++)
            {
                best.Offer(item, scores[item]);
            }

            var list = listRoom.AsSpan(0, best.Count);
            ndcg += TopList.Ndcg(list, relevant, RecommendationReport.ListLength);
            recall += TopList.Recall(list, relevant);
            taken += history.Average(item => popularity[item]);
            listed += Mean(list, popularity);
            foreach (var item in list)
            {
                isListed[item] = true;
            }
        }

        return new(scorer.Name, tested, ndcg / tested, recall / tested, (double)isListed.Count(isIn => isIn) / isListed.Length, listed / tested, (listed / taken) - 1);
    }

    private static double Mean(ReadOnlySpan<int> list, double[] popularity)
    {
        var sum = 0.0;
        foreach (var item in list)
        {
            sum += popularity[item];
        }

        return list.Length == 0 ? 0 : sum / list.Length;
    }
}
