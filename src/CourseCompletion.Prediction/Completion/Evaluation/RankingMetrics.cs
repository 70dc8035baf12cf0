namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How well scores order those who reach the target before those who do not.</summary>
public static class RankingMetrics
{
    /// <summary>The area under the ROC curve: the chance that a random positive scores above a random negative, ties counting half. NaN without both kinds.</summary>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var order = Ascending(scores);
        double positives = 0, rankSum = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && scores[order[end]] == scores[order[start]])
            {
                end++;
            }

            // Ranks from 1; tied scores share the mean of theirs.
            var rank = (start + 1 + end) / 2.0;
            for (; start < end; start++)
            {
                if (labels[order[start]])
                {
                    positives++;
                    rankSum += rank;
                }
            }
        }

        var negatives = order.Length - positives;
        return (rankSum - (positives * (positives + 1) / 2)) / (positives * negatives);
    }

    /// <summary>The area under the precision-recall curve as average precision: the mean, over positives, of the precision at their score. NaN without positives.</summary>
    public static double AveragePrecision(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var order = Ascending(scores);
        double found = 0, sum = 0;
        for (var end = order.Length - 1; end >= 0;)
        {
            var start = end;
            var foundHere = 0;
            while (start >= 0 && scores[order[start]] == scores[order[end]])
            {
                foundHere += labels[order[start--]] ? 1 : 0;
            }

            found += foundHere;
            sum += foundHere * found / (order.Length - 1 - start);
            end = start;
        }

        return sum / found;
    }

    /// <summary>The share of positives among the <paramref name="share"/> of highest scores, ties in the order of the rows. NaN without positives.</summary>
    public static double RecallAtTop(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, double share)
    {
        var order = Ascending(scores);
        var top = (int)Math.Round(order.Length * share);
        int found = 0, positives = 0;
        for (var i = 0; i < order.Length; i++)
        {
            positives += labels[order[i]] ? 1 : 0;
            found += labels[order[i]] && i >= order.Length - top ? 1 : 0;
        }

        return (double)found / positives;
    }

    // Stable: rows of equal scores stay in their order.
    internal static int[] Ascending(ReadOnlySpan<double> scores)
    {
        var keys = scores.ToArray();
        return [.. Enumerable.Range(0, keys.Length).OrderBy(row => keys[row])];
    }
}
