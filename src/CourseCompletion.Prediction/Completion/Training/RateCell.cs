using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learners of one course with similar predictions, and how many of them reached the target: what an interval is held against.</summary>
/// <param name="Course">The course.</param>
/// <param name="Logits">Their predicted logits.</param>
/// <param name="Positives">How many reached the target.</param>
public sealed record RateCell(CourseId Course, double[] Logits, int Positives)
{
    /// <summary>How many cells a course has at most: deciles of its predictions.</summary>
    public const int CellsMax = 10;

    /// <summary>How many learners a cell has at least; a smaller course has none.</summary>
    public const int RowsMin = 20;

    /// <summary>The share of cells that an interval is to cover.</summary>
    public const double Target = 0.8;

    private const double Tail = (1 - Target) / 2;
    private const double NodeReach = 3;
    private const double NodeStep = 0.25;

    /// <summary>The cells of scored rows.</summary>
    public static IReadOnlyList<RateCell> Of(IEnumerable<(CourseId Course, double Logit, bool Label)> rows)
    {
        var cells = new List<RateCell>();
        foreach (var course in rows.GroupBy(row => row.Course).OrderBy(group => group.Key.Value, StringComparer.Ordinal))
        {
            var ascending = course.OrderBy(row => row.Logit).ToList();
            var count = Math.Min(CellsMax, ascending.Count / RowsMin);
            for (var cell = 0; cell < count; cell++)
            {
                var within = ascending[(cell * ascending.Count / count)..((cell + 1) * ascending.Count / count)];
                cells.Add(new(course.Key, [.. within.Select(row => row.Logit)], within.Count(row => row.Label)));
            }
        }

        return cells;
    }

    /// <summary>Whether the interval of a spread holds the cell's rate once binomial noise is allowed for: 0 or 1, or a part where the count stands on its edge.</summary>
    /// <remarks>
    /// The count's predictive distribution is binomial with a logit that is normal around the predicted one. The cell is covered where the count's place in that distribution
    /// lies between 10 and 90 %. A count takes up a stretch of it, of which the share inside counts: so an exact spread covers 80 % whatever the cell's size.
    /// </remarks>
    /// <param name="spread">The standard deviation on the logit scale.</param>
    public double Covered(double spread)
    {
        var choose = LogBinomials(Logits.Length, Positives);
        double below = 0, at = 0, total = 0;
        for (var z = -NodeReach; z <= NodeReach; z += NodeStep)
        {
            var weight = Math.Exp(-z * z / 2);
            var p = Math.Clamp(Logits.Average(logit => PortableMath.Logistic(logit + (spread * z))), 1e-9, 1 - 1e-9);
            var (yes, no) = (Math.Log(p), Math.Log(1 - p));
            for (var k = 0; k <= Positives; k++)
            {
                var chance = weight * Math.Exp(choose[k] + (k * yes) + ((Logits.Length - k) * no));
                (below, at) = k < Positives ? (below + chance, at) : (below, at + chance);
            }

            total += weight;
        }

        var (low, high) = (below / total, (below + at) / total);
        return high - low < 1e-12
            ? low is > Tail and < 1 - Tail ? 1 : 0
            : Math.Max(0, Math.Min(high, 1 - Tail) - Math.Max(low, Tail)) / (high - low);
    }

    private static double[] LogBinomials(int of, int upTo)
    {
        var logs = new double[upTo + 1];
        for (var k = 1; k <= upTo; k++)
        {
            logs[k] = logs[k - 1] + Math.Log((double)(of - k + 1) / k);
        }

        return logs;
    }
}
