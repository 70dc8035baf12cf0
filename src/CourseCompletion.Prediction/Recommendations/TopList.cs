namespace CourseCompletion.Prediction.Recommendations;

/// <summary>How good a list of items is.</summary>
public static class TopList
{
    /// <summary>NDCG with binary relevance: the sum of 1 / log2(1 + place) over relevant items, divided by that of the best list of this length.</summary>
    /// <param name="list">The list, best first.</param>
    /// <param name="relevant">The relevant items, at least one, none of them twice.</param>
    /// <param name="length">How long a list may be.</param>
    public static double Ndcg(ReadOnlySpan<int> list, ReadOnlySpan<int> relevant, int length)
    {
        double found = 0, best = 0;
        for (var place = 0; place < length; place++)
        {
            var gain = 1 / Math.Log2(place + 2);
            found += place < list.Length && relevant.Contains(list[place]) ? gain : 0;
            best += place < relevant.Length ? gain : 0;
        }

        return found / best;
    }

    /// <summary>The share of the relevant items that the list holds.</summary>
    /// <param name="list">The list.</param>
    /// <param name="relevant">The relevant items, at least one, none of them twice.</param>
    public static double Recall(ReadOnlySpan<int> list, ReadOnlySpan<int> relevant)
    {
        var found = 0;
        foreach (var item in relevant)
        {
            found += list.Contains(item) ? 1 : 0;
        }

        return (double)found / relevant.Length;
    }
}
