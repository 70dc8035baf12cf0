namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How well learners who stop within a week are found at a cut-off.</summary>
/// <param name="Count">Learners who were active before and of whom it is known.</param>
/// <param name="Positives">Those who stopped.</param>
/// <param name="Auc">Area under the ROC curve of the hazard; NaN when all did alike.</param>
/// <param name="PrAuc">Its average precision.</param>
/// <param name="RecencyAuc">The AUC of the time since the newest activity alone.</param>
/// <param name="RecencyPrAuc">The average precision of that.</param>
public sealed record StopReport(int Count, int Positives, double Auc, double PrAuc, double RecencyAuc, double RecencyPrAuc)
{
    /// <summary>Measures the rows of one cut-off.</summary>
    public static StopReport Of(IReadOnlyList<ScoredRow> rows)
    {
        var known = rows.Where(row => row.Stops is not null).ToList();
        bool[] stopped = [.. known.Select(row => row.Stops!.Stopped)];
        double[] hazards = [.. known.Select(row => row.Stops!.Hazard)];
        double[] silences = [.. known.Select(row => -row.Recency)];
        return new(
            known.Count,
            stopped.Count(stop => stop),
            RankingMetrics.Auc(hazards, stopped),
            RankingMetrics.AveragePrecision(hazards, stopped),
            RankingMetrics.Auc(silences, stopped),
            RankingMetrics.AveragePrecision(silences, stopped));
    }
}
