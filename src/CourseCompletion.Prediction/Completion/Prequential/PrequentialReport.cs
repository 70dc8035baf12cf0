using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Prediction.Completion.Prequential;

/// <summary>How good the predictions of a part of a replay were: as the model said them, as calibrated, and the persistence baseline.</summary>
/// <param name="Part">Which predictions.</param>
/// <param name="Count">How many.</param>
/// <param name="BaseRate">The share that completed.</param>
/// <param name="Raw">The model's own probabilities.</param>
/// <param name="Calibrated">The probabilities as they were answered.</param>
/// <param name="Persistence">The baseline.</param>
public sealed record PrequentialReport(string Part, int Count, double BaseRate, PrequentialScore Raw, PrequentialScore Calibrated, PrequentialScore Persistence)
{
    /// <summary>Measures predictions.</summary>
    /// <param name="part">What to call them.</param>
    /// <param name="rows">The predictions, at least one.</param>
    /// <param name="draws">How many times labels are drawn for the calibration error.</param>
    public static PrequentialReport Of(string part, IReadOnlyList<PrequentialRow> rows, int draws)
    {
        bool[] labels = [.. rows.Select(row => row.Completed)];
        return new(
            part,
            rows.Count,
            labels.Average(label => label ? 1.0 : 0),
            PrequentialScore.Of([.. rows.Select(row => row.Probability)], labels, draws),
            PrequentialScore.Of([.. rows.Select(row => row.ServedProbability)], labels, draws),
            PrequentialScore.Of([.. rows.Select(row => row.Persistence)], labels, draws));
    }

    /// <summary>The parts of a replay: all of it and, with a shift, before it, until its labels matured, and the labels after that.</summary>
    /// <param name="rows">The predictions, in the order of time.</param>
    /// <param name="settleLabels">How many labels of shifted predictions are learned from before the last part begins.</param>
    /// <param name="nextLabels">How many predictions the last part has.</param>
    public static IEnumerable<(string Part, IReadOnlyList<PrequentialRow> Rows)> PartsOf(IReadOnlyList<PrequentialRow> rows, int settleLabels, int nextLabels)
    {
        yield return ("all", rows);
        if (!rows.Any(row => row.IsShifted))
        {
            yield break;
        }

        var after = rows.Where(row => row.ShiftedLabels >= settleLabels).ToList();
        yield return ("before the shift", [.. rows.Where(row => !row.IsShifted)]);
        yield return ("shifted, labels pending", [.. rows.Where(row => row.IsShifted && row.ShiftedLabels < settleLabels)]);
        yield return ($"next {Math.Min(nextLabels, after.Count)} after {settleLabels} shifted labels", [.. after.Take(nextLabels)]);
        yield return ("later", [.. after.Skip(nextLabels)]);
    }
}

/// <summary>How good probabilities were.</summary>
/// <param name="Auc">The area under the ROC curve; NaN without both kinds of label.</param>
/// <param name="Brier">The mean squared difference of probability and label.</param>
/// <param name="Ece">The calibration error without what chance adds, with its interval.</param>
/// <param name="MeanProbability">The mean probability.</param>
public sealed record PrequentialScore(double Auc, double Brier, Estimate Ece, double MeanProbability)
{
    /// <summary>Measures probabilities.</summary>
    public static PrequentialScore Of(double[] probabilities, bool[] labels, int draws) => new(
        RankingMetrics.Auc(probabilities, labels),
        CalibrationMetrics.Brier(probabilities, labels),
        CalibrationMetrics.DebiasedEce(probabilities, labels, draws),
        probabilities.Average());
}
