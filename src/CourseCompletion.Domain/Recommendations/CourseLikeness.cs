namespace CourseCompletion.Domain.Recommendations;

/// <summary>How like one another courses are by their terms: BM25 of one course's terms asked of the other, as a share of what the course has with itself.</summary>
/// <remarks>Robertson and Zaragoza (2009), with k1 = 1.2 and b = 0.75; each term counts once a course. A term that more than a thousand courses have tells nothing and is left out.</remarks>
internal sealed class CourseLikeness
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const int PostingsMax = 1_000;

    private readonly Dictionary<string, List<int>> _postings = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string[]> _terms = [];
    private long _length;

    /// <summary>Says what a course is about, from now on.</summary>
    public void Set(int course, string[] terms)
    {
        if (_terms.Remove(course, out var before))
        {
            _length -= before.Length;
            foreach (var term in before)
            {
                var courses = _postings[term];
                courses.Remove(course);
                if (courses.Count == 0)
                {
                    _postings.Remove(term);
                }
            }
        }

        _terms[course] = terms;
        _length += terms.Length;
        foreach (var term in terms)
        {
            if (!_postings.TryGetValue(term, out var with))
            {
                _postings.Add(term, with = []);
            }

            with.Add(course);
        }
    }

    /// <summary>How like a course other ones are, 0 to 1; only those that have a term in common with it.</summary>
    public Dictionary<int, double> To(int course)
    {
        var likeness = new Dictionary<int, double>();
        if (!_terms.TryGetValue(course, out var terms))
        {
            return likeness;
        }

        var meanLength = Math.Max(1, _length / (double)_terms.Count);
        var self = 0.0;
        foreach (var term in terms)
        {
            var courses = _postings[term];
            var rarity = Math.Log(1 + ((_terms.Count - courses.Count + 0.5) / (courses.Count + 0.5)));
            self += rarity * Saturated(terms.Length, meanLength);
            foreach (var other in courses.Count > PostingsMax ? [] : courses)
            {
                likeness[other] = likeness.GetValueOrDefault(other) + (rarity * Saturated(_terms[other].Length, meanLength));
            }
        }

        foreach (var other in likeness.Keys)
        {
            likeness[other] = Math.Min(1, likeness[other] / self);
        }

        return likeness;
    }

    private static double Saturated(int length, double meanLength) => (K1 + 1) / (1 + (K1 * (1 - B + (B * length / meanLength))));
}
