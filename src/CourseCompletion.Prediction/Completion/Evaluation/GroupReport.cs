namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How well the predictions fit one group at one cut-off.</summary>
public sealed record GroupReport
{
    /// <summary>How many rows a group has at least; smaller ones are measured together as <see cref="SmallGroups"/>.</summary>
    public const int RowsMin = 20;

    /// <summary>What the groups of fewer rows are called together.</summary>
    public const string SmallGroups = "(small groups)";

    // The 97.5 % point of the normal distribution.
    private const double Z = 1.959964;

    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>The group's value in it.</summary>
    public required string Value { get; init; }

    /// <summary>Rows.</summary>
    public required int Count { get; init; }

    /// <summary>Rows that reached the target.</summary>
    public required int Positives { get; init; }

    /// <summary>Mean label.</summary>
    public double BaseRate => (double)Positives / Count;

    /// <summary>Mean probability.</summary>
    public required double MeanProbability { get; init; }

    /// <summary>Mean label minus mean probability, with an interval that takes all rows of a learner as one observation.</summary>
    public required Estimate InTheLarge { get; init; }

    /// <summary>Calibration error without what chance adds.</summary>
    public required Estimate Ece { get; init; }

    /// <summary>The AUC within the group; NaN when all ended alike.</summary>
    public required double Auc { get; init; }

    /// <summary>Measures the groups of each column, the largest first and the small ones last.</summary>
    /// <param name="rows">The rows of one cut-off.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="draws">How many resamples make an interval; 1,000 for a report.</param>
    public static IReadOnlyList<GroupReport> Of(IReadOnlyList<ScoredRow> rows, IReadOnlyList<GroupColumn> columns, int draws) =>
        [.. columns.SelectMany(column => Of(rows, column, draws))];

    private static IEnumerable<GroupReport> Of(IReadOnlyList<ScoredRow> rows, GroupColumn column, int draws)
    {
        var groups = rows.GroupBy(row => column.ValueOf(row.Outcome), StringComparer.Ordinal).ToLookup(group => group.Count() < RowsMin);
        foreach (var group in groups[false].OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            yield return Of(column.Name, group.Key, [.. group], draws);
        }

        if (groups[true].SelectMany(group => group).ToList() is { Count: > 0 } small)
        {
            yield return Of(column.Name, SmallGroups, small, draws);
        }
    }

    private static GroupReport Of(string column, string value, List<ScoredRow> rows, int draws)
    {
        bool[] labels = [.. rows.Select(row => row.Outcome.Completed)];
        double[] probabilities = [.. rows.Select(row => row.Probability)];
        return new()
        {
            Column = column,
            Value = value,
            Count = rows.Count,
            Positives = labels.Count(label => label),
            MeanProbability = probabilities.Average(),
            InTheLarge = InTheLargeOf(rows),
            Ece = CalibrationMetrics.DebiasedEce(probabilities, labels, draws),
            Auc = CutoffReport.AucOf(rows, row => row.Logit),
        };
    }

    private static Estimate InTheLargeOf(List<ScoredRow> rows)
    {
        double Residual(ScoredRow row) => (row.Outcome.Completed ? 1 : 0) - row.Probability;
        var mean = rows.Average(Residual);
        var squares = rows.GroupBy(row => row.Outcome.Learner).Sum(learner => Math.Pow(learner.Sum(row => Residual(row) - mean), 2));
        var reach = Z * Math.Sqrt(squares) / rows.Count;
        return new(mean, mean - reach, mean + reach);
    }
}
