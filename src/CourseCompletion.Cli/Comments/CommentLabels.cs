using System.Globalization;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Comments.Training;

namespace CourseCompletion.Cli.Comments;

/// <summary>Tells what labels mean: words, 0 and 1, or ratings.</summary>
internal static class CommentLabels
{
    // So few odd numbers among zeros and ones, in percent, are mistakes and no ratings.
    private const int OddPercentMax = 1;

    private static readonly Dictionary<string, bool?> _words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["positive"] = true,
        ["pos"] = true,
        ["true"] = true,
        ["negative"] = false,
        ["neg"] = false,
        ["false"] = false,
        ["neutral"] = null,
    };

    /// <summary>The labelled comments among rows. All rows are looked at before any label is read: 0 is bad among zeros and ones, and neither among ratings; a few other numbers among zeros and ones are faults.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="middle">The rating that is neither good nor bad.</param>
    /// <param name="ratingMin">How far from it a rating counts.</param>
    /// <param name="faults">Told of labels that are none, and of rows left out.</param>
    public static IReadOnlyList<LabelledComment> Of(IReadOnlyList<CommentRow> rows, double middle, double ratingMin, RowFaults faults)
    {
        var areRatings = AreRatings(rows);
        var comments = new List<LabelledComment>(rows.Count);
        foreach (var row in rows)
        {
            if (!_words.TryGetValue(row.Label, out var isPositive))
            {
                if (NumberOf(row.Label) is not { } number || (!areRatings && number is not (0 or 1)))
                {
                    faults.Add(row.File, row.Line, $"'{row.Label}' is no label: 0 or 1, negative or positive, or a rating among ratings");
                    continue;
                }

                isPositive = !areRatings ? number == 1 : number - middle is var from && from != 0 && Math.Abs(from) >= ratingMin ? from > 0 : null;
            }

            if (isPositive is { } known)
            {
                comments.Add(new(row.Text, known));
            }
            else
            {
                faults.Skip("comments that are neither good nor bad");
            }
        }

        return comments;
    }

    private static bool AreRatings(IReadOnlyList<CommentRow> rows)
    {
        var (numbers, odd) = (0, 0);
        foreach (var row in rows)
        {
            if (!_words.ContainsKey(row.Label) && NumberOf(row.Label) is { } number)
            {
                numbers++;
                odd += number is 0 or 1 ? 0 : 1;
            }
        }

        return odd * 100 > numbers * OddPercentMax;
    }

    private static double? NumberOf(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
