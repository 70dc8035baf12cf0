using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How many rates of course and decile lie within their 80 % intervals once binomial noise is allowed for.</summary>
/// <param name="Cells">Cells of course and decile.</param>
/// <param name="Share">The share of them that is covered; NaN without any.</param>
public readonly record struct IntervalCoverage(int Cells, double Share)
{
    /// <summary>Measures the rows of one cut-off.</summary>
    public static IntervalCoverage Of(IReadOnlyList<ScoredRow> rows)
    {
        // A cut-off is one instant of each course, so its rows share a spread but for those of undated courses.
        var covered = rows.GroupBy(row => row.Spread)
            .SelectMany(group => RateCell.Of(group.Select(row => (row.Outcome.Course, row.Logit, row.Outcome.Completed))).Select(cell => cell.Covered(group.Key)))
            .ToList();
        return new(covered.Count, covered.Count == 0 ? double.NaN : covered.Average());
    }

    /// <summary>The coverage of several cut-offs together.</summary>
    public static IntervalCoverage Of(IEnumerable<IntervalCoverage> parts)
    {
        var known = parts.Where(part => part.Cells > 0).ToList();
        var cells = known.Sum(part => part.Cells);
        return new(cells, known.Sum(part => part.Cells * part.Share) / cells);
    }
}
