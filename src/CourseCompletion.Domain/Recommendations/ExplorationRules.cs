namespace CourseCompletion.Domain.Recommendations;

/// <summary>Puts now and then a course from behind a list into it, so that one learns of courses that nobody is shown; with known probabilities.</summary>
/// <remarks>
/// In a share of lists, by a draw that a learner's day decides, one place, each as likely as any other, goes to one of the courses behind the list, each as likely as any other. A course keeps its place otherwise. The
/// propensity is the probability, over the draws, that this course stands in this place: what estimates of other policies divide by.
/// </remarks>
public static class ExplorationRules
{
    private const double Million = 1_000_000;

    /// <summary>How many courses have to be ranked for a list.</summary>
    public static int RankedFor(int limit, RecommendationPolicy policy) => limit * (1 + policy.ExplorationDepth);

    /// <summary>The draw of a learner's day.</summary>
    public static ulong DrawOf(ulong learnerHash, long day, int seed) => Mix(Mix(learnerHash ^ Mix((ulong)day)) ^ (uint)seed);

    /// <summary>The list: places in the ranking, in order, with their propensities.</summary>
    /// <param name="rankedCount">How many courses were ranked.</param>
    /// <param name="limit">How long the list is to be.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="policy">The numbers.</param>
    public static PlacedCourse[] Place(int rankedCount, int limit, ulong draw, RecommendationPolicy policy)
    {
        var length = Math.Min(limit, rankedCount);
        var behind = Math.Min(rankedCount - length, limit * policy.ExplorationDepth);
        var share = length == 0 || behind == 0 ? 0 : policy.ExplorationPpm / Million;
        var list = new PlacedCourse[length];
        for (var place = 0; place < length; place++)
        {
            list[place] = new(place, 1 - (share / length));
        }

        var second = Mix(draw);
        if (UnitOf(draw) < share)
        {
            var (place, drawn) = ((int)(UnitOf(second) * length), (int)(UnitOf(Mix(second)) * behind));
            list[place] = new(length + drawn, share / length / behind);
        }

        return list;
    }

    // 53 bits, from 0 to below 1.
    private static double UnitOf(ulong draw) => (draw >> 11) * (1.0 / (1UL << 53));

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>A place of a list.</summary>
/// <param name="Ranked">Which one of the ranked courses stands there, from 0.</param>
/// <param name="Propensity">How likely it was to stand there, above 0 and at most 1.</param>
public readonly record struct PlacedCourse(int Ranked, double Propensity);
