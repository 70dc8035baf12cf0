using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learns how the logits of those who reached the target ran over the course's time.</summary>
public static class TrajectoryFit
{
    // A point takes the snapshots up to this share of time before and after it, so that a weekly snapshot of every completer is in some point.
    private const double Window = 0.05;

    // Fewer say nothing of a quantile of 1 %; the nearest point that has enough speaks for them.
    private const int SnapshotsMin = 50;

    /// <summary>The quantiles of a model's logits among the positive snapshots of its training.</summary>
    /// <param name="history">The history.</param>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="model">The model.</param>
    public static CompleterTrajectory Of(CompletionHistory history, IEnumerable<SnapshotRow> snapshots, AdditiveModel model)
    {
        var positives = snapshots
            .Where(row => history.Outcomes[row.Outcome].Completed)
            .Select(row => (Elapsed: (double)row.Vector[FeatureIndex.ElapsedShare], Logit: (float)model.Sum(row.Vector)))
            .ToList();
        var known = Enumerable.Range(0, CompleterTrajectory.PointCount).Select(point => QuantilesAt(positives, point / (CompleterTrajectory.PointCount - 1.0))).ToList();
        var all = Quantiles(positives.Select(row => row.Logit));
        return new([.. known.SelectMany((quantiles, point) => quantiles ?? Nearest(known, point) ?? all)]);
    }

    private static float[]? QuantilesAt(List<(double Elapsed, float Logit)> positives, double elapsed)
    {
        var near = positives.Where(row => Math.Abs(row.Elapsed - elapsed) <= Window).Select(row => row.Logit).ToList();
        return near.Count < SnapshotsMin ? null : Quantiles(near);
    }

    private static float[]? Nearest(List<float[]?> known, int point) =>
        known.Select((quantiles, at) => (quantiles, Distance: Math.Abs(at - point))).Where(pair => pair.quantiles is not null).OrderBy(pair => pair.Distance).FirstOrDefault().quantiles;

    // A history without positives has no completers: everybody would be on track.
    private static float[] Quantiles(IEnumerable<float> logits)
    {
        var sorted = logits.Order().DefaultIfEmpty().ToArray();
        return [.. CompleterTrajectory.Levels.ToArray().Select(level => sorted[(int)Math.Round(level * (sorted.Length - 1))])];
    }
}
