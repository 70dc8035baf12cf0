using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learns how far true rates lie off the predicted ones, from predictions for courses that were not learned from.</summary>
/// <remarks>
/// <para>
/// The courses are dealt to a few folds; each fold is predicted by a model of the others. Near each knot, and without dates, the spread is the one whose intervals cover 80 % of
/// the cells of course and decile. A handful of courses cannot tell how much courses differ, so the square of <see cref="LogitSpread.PriorDeviation"/> counts as much as that of
/// two courses. Of a single course, learners are dealt instead: that shows how far cells lie off within it, and the prior is added for what lies between courses.
/// </para>
/// </remarks>
public static class SpreadTrainer
{
    private const int Folds = 3;
    private const int PriorCourses = 2;
    private const int Undated = -1;
    private const int Steps = 12;
    private const double SpreadMax = 3;
    private const double Rounding = 1000;

    /// <summary>Learns it.</summary>
    /// <param name="history">The history.</param>
    /// <param name="snapshots">The snapshots that the model itself is learned from.</param>
    /// <param name="learn">Learns a model from some of them; the number says which fold it is for.</param>
    public static LogitSpread Train(CompletionHistory history, IReadOnlyList<SnapshotRow> snapshots, Func<IReadOnlyList<SnapshotRow>, int, AdditiveModel> learn)
    {
        var courses = snapshots.Select(row => history.Outcomes[row.Outcome].Course).Distinct().OrderBy(course => course.Value, StringComparer.Ordinal).ToList();
        var foldOfCourse = courses.Index().ToDictionary(pair => pair.Item, pair => pair.Index % Folds);
        int FoldOf(SnapshotRow row) => courses.Count > 1
            ? foldOfCourse[history.Outcomes[row.Outcome].Course]
            : LearnerFolds.Of(history.Outcomes[row.Outcome].Learner, Folds);
        var held = new List<(SnapshotRow Row, double Logit)>();
        for (var fold = 0; fold < (courses.Count > 1 ? Math.Min(Folds, courses.Count) : Folds); fold++)
        {
            var (within, others) = (snapshots.Where(row => FoldOf(row) == fold).ToList(), snapshots.Where(row => FoldOf(row) != fold).ToList());
            if (HasBoth(history, others))
            {
                var model = learn(others, fold);
                held.AddRange(within.Select(row => (row, model.Sum(row.Vector))));
            }
        }

        return Of(history, held, courses.Count > 1);
    }

    /// <summary>The spread of predictions for what was not learned from.</summary>
    internal static LogitSpread Of(CompletionHistory history, IEnumerable<(SnapshotRow Row, double Logit)> held, bool isByCourse)
    {
        var variances = held.Where(pair => pair.Row.View != CourseView.WithoutLessons).GroupBy(pair => BucketOf(pair.Row.Vector))
            .Select(bucket => (bucket.Key, Variance: VarianceOf(history, bucket, isByCourse)))
            .Where(bucket => bucket.Variance is not null)
            .ToDictionary(bucket => bucket.Key, bucket => bucket.Variance!.Value);
        return ToSpread(variances);
    }

    private static bool HasBoth(CompletionHistory history, List<SnapshotRow> rows) => rows.Select(row => history.Outcomes[row.Outcome].Completed).Distinct().Count() == 2;

    // The nearest knot.
    private static int BucketOf(float[] vector)
    {
        var place = LinearPart.PlaceOf(vector);
        return vector[FeatureIndex.ElapsedShare] < 0 ? Undated : place.Knot + (place.After > place.Before ? 1 : 0);
    }

    private static double? VarianceOf(CompletionHistory history, IEnumerable<(SnapshotRow Row, double Logit)> held, bool isByCourse)
    {
        // One row of an enrolment: its rows have one label.
        var rows = held.DistinctBy(pair => pair.Row.Outcome).Select(pair => (history.Outcomes[pair.Row.Outcome], pair.Logit));
        var cells = RateCell.Of(rows.Select(row => (row.Item1.Course, row.Logit, row.Item1.Completed)));
        if (cells.Count == 0)
        {
            return null;
        }

        var (low, high) = (0.0, SpreadMax);
        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = cells.Average(cell => cell.Covered(middle)) < RateCell.Target ? (middle, high) : (low, middle);
        }

        const double prior = LogitSpread.PriorDeviation * LogitSpread.PriorDeviation;
        var courses = cells.Select(cell => cell.Course).Distinct().Count();
        return isByCourse ? ((courses * high * high) + (PriorCourses * prior)) / (courses + PriorCourses) : (high * high) + prior;
    }

    // A knot that was not seen has the spread of the nearest that was; without dates it is at least as wide as with them.
    private static LogitSpread ToSpread(Dictionary<int, double> variances)
    {
        var dated = variances.Keys.Where(knot => knot != Undated).ToList();
        var atKnots = dated.Count == 0
            ? LogitSpread.Prior.AtKnots
            : Enumerable.Range(0, LinearPart.KnotDays.Length).Select(knot => Deviation(variances[dated.MinBy(seen => (Math.Abs(seen - knot), seen))])).ToArray();
        return new(atKnots, Math.Max(atKnots.Max(), variances.TryGetValue(Undated, out var undated) ? Deviation(undated) : 0));
    }

    // Rounded, so that the last bits of a machine's logarithm do not show in a model file.
    private static float Deviation(double variance) => (float)(Math.Round(Math.Sqrt(variance) * Rounding) / Rounding);
}
