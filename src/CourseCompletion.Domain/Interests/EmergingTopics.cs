using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Interests;

/// <summary>What the learners of a course write about more than they used to.</summary>
/// <remarks>
/// <para>
/// Each learner's newest comment counts once, for each of its terms. A term emerges when more of the comments with it are recent than chance would have it: Fisher's exact test, one-sided, over recent
/// and earlier comments with and without it, at a false discovery rate (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995) over all terms that enough learners wrote.
/// </para>
/// <para>What is part of a longer term that is found, and hardly ever stands without it, is not found by itself; nor is what mostly stands in the same comments
/// as a term that is more significant.</para>
/// </remarks>
public static class EmergingTopics
{
    // How much of a term's recent comments may be without the longer one.
    private const double AloneMax = 0.25;

    // From which share of its comments on, that are those of a more significant term, a term is taken for the same topic.
    private const double TogetherMin = 0.6;

    /// <summary>The comments of a sample: the recent ones, and the earlier ones.</summary>
    /// <param name="comments">At most one a learner.</param>
    /// <param name="recentFromMs">From when on one is recent.</param>
    /// <param name="limit">How many of each at most: those with the smallest hashes of their learners, so that a sample of samples is one too.</param>
    public static IEnumerable<WrittenComment> Sample(IEnumerable<WrittenComment> comments, long recentFromMs, int limit) => comments
        .GroupBy(comment => comment.AtMs >= recentFromMs)
        .SelectMany(half => half.OrderBy(comment => KeyHash.Of(comment.Learner.Value)).ThenBy(comment => comment.Learner.Value, StringComparer.Ordinal).Take(limit));

    /// <summary>The terms that emerge, the greatest excess first.</summary>
    /// <param name="comments">At most one a learner; the order changes nothing.</param>
    /// <param name="known">Phrases that the course is known to have, as its tags.</param>
    /// <param name="recentFromMs">From when on a comment is recent.</param>
    /// <param name="policy">The numbers.</param>
    public static IReadOnlyList<EmergingTopic> Find(IReadOnlyList<WrittenComment> comments, IEnumerable<string> known, long recentFromMs, EmergingPolicy policy)
    {
        var recent = comments.Count(comment => comment.AtMs >= recentFromMs);
        if (recent < policy.LearnersMin || recent == comments.Count)
        {
            return [];
        }

        // The newest first: the first of a term's places are its examples.
        var ordered = comments.OrderByDescending(comment => comment.AtMs).ThenBy(comment => comment.Learner.Value, StringComparer.Ordinal).ToArray();
        var reader = new TermReader(known.Concat(PhraseMiner.Mine(ordered.Select(comment => comment.Excerpt), PhrasePolicy.Comments)));
        var found = new List<Burst>();
        foreach (var (term, places) in PlacesByTerm(ordered, reader))
        {
            // By all who wrote it, not by those of late: else what is tested would be chosen by what comes out.
            if (places.Count >= policy.LearnersMin)
            {
                var late = places.Count(place => place < recent);
                found.Add(new(term, late, places, FisherExact.UpperTail(late, recent, places.Count, ordered.Length)));
            }
        }

        return
        [
            .. Distinct(Significant(found, policy.FalseDiscoveryRate).Where(burst => burst.Recent >= policy.LearnersMin && burst.LiftOver(recent, ordered.Length) >= policy.LiftMin))
                .OrderByDescending(burst => burst.ExcessOver(recent, ordered.Length))
                .ThenBy(burst => burst.Term, StringComparer.Ordinal)
                .Take(policy.TermsMax)
                .Select(burst => new EmergingTopic(burst.Term, burst.Recent, burst.Earlier, burst.PValue, [.. burst.Places.Take(policy.ExamplesMax).Select(place => ordered[place])])),
        ];
    }

    private static Dictionary<string, List<int>> PlacesByTerm(WrittenComment[] comments, TermReader reader)
    {
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < comments.Length; i++)
        {
            foreach (var term in reader.Read(comments[i].Excerpt).Distinct(StringComparer.Ordinal))
            {
                (places.TryGetValue(term, out var known) ? known : places[term] = []).Add(i);
            }
        }

        return places;
    }

    // All up to the last one whose p value is at most its rank's share of the rate.
    private static IEnumerable<Burst> Significant(List<Burst> found, double rate)
    {
        var byP = found.OrderBy(burst => burst.PValue).ThenByDescending(burst => burst.Term.Length).ThenBy(burst => burst.Term, StringComparer.Ordinal).ToArray();
        var last = byP.Length - 1;
        while (last >= 0 && byP[last].PValue > rate * (last + 1) / byP.Length)
        {
            last--;
        }

        return byP.Take(last + 1);
    }

    // One term for each topic, the most significant one.
    private static List<Burst> Distinct(IEnumerable<Burst> byP)
    {
        var all = byP.ToArray();
        var distinct = new List<Burst>();
        foreach (var burst in all)
        {
            if (!all.Any(other => other.Contains(burst)) && !distinct.Any(burst.IsMostlyWith))
            {
                distinct.Add(burst);
            }
        }

        return distinct;
    }

    private sealed record Burst(string Term, int Recent, List<int> Places, double PValue)
    {
        public int Earlier => Places.Count - Recent;

        public double LiftOver(int recent, int all) => Earlier == 0 ? double.PositiveInfinity : Recent / (double)recent / (Earlier / (double)(all - recent));

        public double ExcessOver(int recent, int all) => Recent - (Earlier * (double)recent / (all - recent));

        public bool Contains(Burst other) =>
            Term.Length > other.Term.Length && Term.Contains(other.Term, StringComparison.Ordinal) && other.Recent <= Recent * (1 + AloneMax);

        public bool IsMostlyWith(Burst other) => Places.Intersect(other.Places).Count() >= TogetherMin * Places.Count;
    }
}
