namespace CourseCompletion.Domain.Interests;

/// <summary>Finds the phrases of a corpus without a dictionary: words of Chinese, and fixed expressions of several words elsewhere.</summary>
/// <remarks>
/// A phrase is what stands together much more often than by chance (pointwise mutual information; Church and Hanks, Computational Linguistics 16, 1990) and has many different neighbours on both
/// sides (branching entropy; Jin and Tanaka-Ishii, COLING/ACL 2006), so that neither a part of a phrase nor a phrase with an accidental neighbour is one. The order of texts changes nothing as
/// long as the corpus is within its bound.
/// </remarks>
public static class PhraseMiner
{
    /// <summary>The phrases of some texts, in ordinal order.</summary>
    public static IReadOnlyList<string> Mine(IEnumerable<string> texts, PhrasePolicy policy)
    {
        var runs = new List<TextRun>();
        long units = 0;
        foreach (var text in texts)
        {
            foreach (var run in TextRuns.Of(text))
            {
                runs.Add(run);
                units += run.Count;
            }

            if (units > policy.CorpusUnitsMax)
            {
                break;
            }
        }

        // Letters and words are no corpus of each other.
        return [.. Phrases([.. runs.Where(run => run.IsLetters)], policy).Concat(Phrases([.. runs.Where(run => !run.IsLetters)], policy)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Phrases(TextRun[] runs, PhrasePolicy policy)
    {
        var counts = CountAll(runs, policy.UnitsMax);
        var total = (double)runs.Sum(run => run.Count);
        var candidates = new Dictionary<string, Neighbours>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            for (var from = 0; from < run.Count; from++)
            {
                for (var count = 2; count <= policy.UnitsMax && from + count <= run.Count; count++)
                {
                    var phrase = run.Join(from, count);
                    if (counts[phrase] < policy.CountMin || !Holds(run, from, count, counts, total, policy.InformationMin))
                    {
                        continue;
                    }

                    if (!candidates.TryGetValue(phrase, out var neighbours))
                    {
                        candidates.Add(phrase, neighbours = new());
                    }

                    neighbours.Add(from == 0 ? null : run.Join(from - 1, 1), from + count == run.Count ? null : run.Join(from + count, 1));
                }
            }
        }

        return candidates.Where(candidate => candidate.Value.EntropyBefore >= policy.EntropyMin && candidate.Value.EntropyAfter >= policy.EntropyMin).Select(candidate => candidate.Key);
    }

    private static Dictionary<string, int> CountAll(TextRun[] runs, int unitsMax)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            for (var from = 0; from < run.Count; from++)
            {
                for (var count = 1; count <= unitsMax && from + count <= run.Count; count++)
                {
                    var phrase = run.Join(from, count);
                    counts[phrase] = counts.GetValueOrDefault(phrase) + 1;
                }
            }
        }

        return counts;
    }

    // Together more often than by chance, wherever it is parted.
    private static bool Holds(TextRun run, int from, int count, Dictionary<string, int> counts, double total, double informationMin)
    {
        var together = counts[run.Join(from, count)] / total;
        for (var first = 1; first < count; first++)
        {
            var byChance = counts[run.Join(from, first)] / total * (counts[run.Join(from + first, count - first)] / total);
            if (Math.Log2(together / byChance) < informationMin)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Neighbours
    {
        private readonly Dictionary<string, int> _before = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int> _after = new(StringComparer.Ordinal);
        private int _count;
        private int _first;
        private int _last;

        public double EntropyBefore => Entropy(_before, _first, _count);

        public double EntropyAfter => Entropy(_after, _last, _count);

        public void Add(string? before, string? after)
        {
            _count++;
            Count(_before, before, ref _first);
            Count(_after, after, ref _last);
        }

        private static void Count(Dictionary<string, int> counts, string? neighbour, ref int without)
        {
            if (neighbour is null)
            {
                without++;
            }
            else
            {
                counts[neighbour] = counts.GetValueOrDefault(neighbour) + 1;
            }
        }

        // In a fixed order, so that the last bits do not depend on that of the texts.
        private static double Entropy(Dictionary<string, int> counts, int without, double count) =>
            counts.Values.Order().Sum(times => -(times / count) * Math.Log2(times / count)) + (without * Math.Log2(count) / count);
    }
}
