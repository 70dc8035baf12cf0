namespace CourseCompletion.Domain.Recommendations;

/// <summary>Ranks once more, by what a course is expected to gain in completion and by how new it is to the list, as far as that costs little relevance.</summary>
/// <remarks>
/// A list is filled from its top. Each place goes to the course with the greatest score + g ln(gain) - d x (greatest likeness to a course above), which becomes its score; the score that came in is the logarithm of how likely the
/// course comes next. What the list then loses of its expected DCG, the sum over places of that probability / log2(1 + place), may be no more than the policy's share. If it is more, g and d are halved, a few times, and
/// at last the ranking stays as it was. With neither gains nor likeness nothing changes.
/// </remarks>
public static class RerankRules
{
    private const double Million = 1_000_000;

    /// <summary>Ranks once more.</summary>
    /// <param name="ranked">The courses by relevance, best first.</param>
    /// <param name="gains">For each of them the expected gain, above 0; 1 is none.</param>
    /// <param name="likenessOf">How like two courses are, 0 to 1, by their numbers.</param>
    /// <param name="limit">How long the list may be; those behind it follow by the same value.</param>
    /// <param name="policy">The numbers.</param>
    public static RankedCourse[] Rerank(IReadOnlyList<RankedCourse> ranked, ReadOnlySpan<double> gains, Func<int, int, double> likenessOf, int limit, RecommendationPolicy policy)
    {
        var length = Math.Min(limit, ranked.Count);
        var likeness = new PairLikeness(ranked, likenessOf);
        var (gainWeight, diversityLogits) = (policy.GainWeight, policy.DiversityLogits);
        for (var halved = 0; halved <= policy.RerankHalvingsMax; halved++)
        {
            var order = Fill(ranked, gains, likeness, length, gainWeight, diversityLogits, out var values);
            if (CostOf(ranked, order, length) <= policy.RerankCostPpm / Million)
            {
                return [.. order.Select(place => ranked[place] with { Score = values[place] })];
            }

            (gainWeight, diversityLogits) = (gainWeight / 2, diversityLogits / 2);
        }

        return [.. ranked];
    }

    // The places in the ranking, in the order of the list; and what each was worth there.
    private static int[] Fill(
        IReadOnlyList<RankedCourse> ranked, ReadOnlySpan<double> gains, PairLikeness likeness, int length, float gainWeight, float diversityLogits, out float[] values)
    {
        var alone = new float[ranked.Count];
        for (var place = 0; place < alone.Length; place++)
        {
            alone[place] = ranked[place].Score + (float)(gainWeight * Math.Log(gains[place]));
        }

        values = [.. alone];
        var closest = new double[ranked.Count];
        List<int> left = [.. Enumerable.Range(0, ranked.Count)];
        var order = new List<int>(ranked.Count);
        while (order.Count < length)
        {
            var best = 0;
            for (var i = 1; i < left.Count; i++)
            {
                best = values[left[i]] > values[left[best]] ? i : best;
            }

            var chosen = left[best];
            left.RemoveAt(best);
            order.Add(chosen);
            foreach (var place in diversityLogits > 0 ? left : [])
            {
                closest[place] = Math.Max(closest[place], likeness[chosen, place]);
                values[place] = alone[place] - (float)(diversityLogits * closest[place]);
            }
        }

        var worth = values;
        return [.. order, .. left.OrderByDescending(place => worth[place])];
    }

    // Which share of the expected DCG of the first places the order loses.
    private static double CostOf(IReadOnlyList<RankedCourse> ranked, int[] order, int length)
    {
        double before = 0, after = 0;
        for (var place = 0; place < length; place++)
        {
            var attention = 1 / Math.Log2(place + 2);
            before += attention * Math.Exp(ranked[place].Score - ranked[0].Score);
            after += attention * Math.Exp(ranked[order[place]].Score - ranked[0].Score);
        }

        return length == 0 ? 0 : 1 - (after / before);
    }

    // Asked again with each halving: likeness is looked up once a pair.
    private sealed class PairLikeness
    {
        private readonly IReadOnlyList<RankedCourse> _ranked;
        private readonly Func<int, int, double> _likenessOf;
        private readonly float[] _known;

        public PairLikeness(IReadOnlyList<RankedCourse> ranked, Func<int, int, double> likenessOf)
        {
            (_ranked, _likenessOf, _known) = (ranked, likenessOf, new float[ranked.Count * (ranked.Count - 1) / 2]);
            Array.Fill(_known, float.NaN);
        }

        public float this[int one, int other]
        {
            get
            {
                var (low, high) = (Math.Min(one, other), Math.Max(one, other));
                ref var known = ref _known[(high * (high - 1) / 2) + low];
                if (float.IsNaN(known))
                {
                    known = (float)_likenessOf(_ranked[low].Course, _ranked[high].Course);
                }

                return known;
            }
        }
    }
}
