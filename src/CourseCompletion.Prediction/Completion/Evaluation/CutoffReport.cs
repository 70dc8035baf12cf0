using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>What was measured at one cut-off.</summary>
public sealed record CutoffReport
{
    /// <summary>The share of rows with the highest scores within which positives are looked for.</summary>
    public const double TopShare = 0.2;

    /// <summary>The cut-off, in days after the course's start.</summary>
    public required int Cutoff { get; init; }

    /// <summary>Rows.</summary>
    public required int Count { get; init; }

    /// <summary>Rows that reached the target.</summary>
    public required int Positives { get; init; }

    /// <summary>Area under the ROC curve, with an interval by drawing learners.</summary>
    public required Estimate Auc { get; init; }

    /// <summary>Average precision.</summary>
    public required double PrAuc { get; init; }

    /// <summary>Brier score.</summary>
    public required double Brier { get; init; }

    /// <summary>Calibration error as measured.</summary>
    public required double RawEce { get; init; }

    /// <summary>Calibration error without what chance adds.</summary>
    public required Estimate Ece { get; init; }

    /// <summary>Share of the positives among the fifth with the highest scores.</summary>
    public required double RecallTop20 { get; init; }

    /// <summary>Mean label minus mean probability.</summary>
    public required double InTheLarge { get; init; }

    /// <summary>Intercept of the calibration line.</summary>
    public required double Intercept { get; init; }

    /// <summary>Slope of the calibration line.</summary>
    public required double Slope { get; init; }

    /// <summary>The courses, by id.</summary>
    public required IReadOnlyList<CourseReport> Courses { get; init; }

    /// <summary>Rows of learners who were not learned from in another course.</summary>
    public required int UnseenCount { get; init; }

    /// <summary>The AUC over those rows.</summary>
    public required double UnseenAuc { get; init; }

    /// <summary>The AUC of recency alone.</summary>
    public required double RecencyAuc { get; init; }

    /// <summary>The AUC of a logistic regression.</summary>
    public required double LogisticAuc { get; init; }

    /// <summary>How many rates lie within their intervals.</summary>
    public required IntervalCoverage Coverage { get; init; }

    /// <summary>How well those who stop within a week are found.</summary>
    public required StopReport Stops { get; init; }

    /// <summary>The groups of the columns that were asked for.</summary>
    public required IReadOnlyList<GroupReport> Groups { get; init; }

    /// <summary>Measures the rows of one cut-off.</summary>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="columns">By which columns groups are measured; none for no groups.</param>
    /// <param name="draws">How many resamples make an interval; 1,000 for a report.</param>
    public static CutoffReport Of(IReadOnlyList<ScoredRow> rows, IReadOnlyList<GroupColumn> columns, int draws)
    {
        bool[] labels = [.. rows.Select(row => row.Outcome.Completed)];
        double[] logits = [.. rows.Select(row => row.Logit)];
        double[] probabilities = [.. rows.Select(row => row.Probability)];
        var (intercept, slope) = CalibrationMetrics.Line(logits, labels);
        var unseen = rows.Where(row => !row.IsKnownLearner).ToList();
        return new()
        {
            Cutoff = rows[0].CutoffDay,
            Count = rows.Count,
            Positives = labels.Count(label => label),
            Auc = AucBootstrap.Of(logits, labels, [.. rows.Select(row => row.Outcome.Learner.Value)], draws),
            PrAuc = RankingMetrics.AveragePrecision(logits, labels),
            Brier = CalibrationMetrics.Brier(probabilities, labels),
            RawEce = CalibrationMetrics.Ece(probabilities, labels),
            Ece = CalibrationMetrics.DebiasedEce(probabilities, labels, draws),
            RecallTop20 = RankingMetrics.RecallAtTop(logits, labels, TopShare),
            InTheLarge = labels.Average(label => label ? 1.0 : 0) - probabilities.Average(),
            Intercept = intercept,
            Slope = slope,
            Courses = [.. rows.GroupBy(row => row.Outcome.Course).OrderBy(group => group.Key.Value, StringComparer.Ordinal).Select(CourseReport.Of)],
            UnseenCount = unseen.Count,
            UnseenAuc = AucOf(unseen, row => row.Logit),
            RecencyAuc = AucOf(rows, row => row.Recency),
            LogisticAuc = AucOf(rows, row => row.Logistic),
            Coverage = IntervalCoverage.Of(rows),
            Stops = StopReport.Of(rows),
            Groups = GroupReport.Of(rows, columns, draws),
        };
    }

    internal static double AucOf(IReadOnlyCollection<ScoredRow> rows, Func<ScoredRow, double> score) =>
        RankingMetrics.Auc([.. rows.Select(score)], [.. rows.Select(row => row.Outcome.Completed)]);
}

/// <summary>One course at one cut-off.</summary>
/// <param name="Course">The course.</param>
/// <param name="Count">Rows.</param>
/// <param name="Auc">The AUC within the course; NaN when all ended alike.</param>
/// <param name="BaseRate">Mean label.</param>
/// <param name="InTheLarge">Mean label minus mean probability.</param>
public sealed record CourseReport(CourseId Course, int Count, double Auc, double BaseRate, double InTheLarge)
{
    internal static CourseReport Of(IGrouping<CourseId, ScoredRow> rows)
    {
        var rate = rows.Average(row => row.Outcome.Completed ? 1.0 : 0);
        return new(rows.Key, rows.Count(), CutoffReport.AucOf([.. rows], row => row.Logit), rate, rate - rows.Average(row => row.Probability));
    }
}
