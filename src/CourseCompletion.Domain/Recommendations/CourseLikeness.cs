using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>How like one another courses are by their terms: BM25 of one course's terms asked of the other, as a share of what the course has with itself.</summary>
/// <remarks>Robertson and Zaragoza (2009), with k1 = 1.2 and b = 0.75; each term counts once a course. A term that more than a thousand courses have tells nothing and is left out.</remarks>
internal sealed class CourseLikeness
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const int PostingsMax = 1_000;

    private readonly Dictionary<string, Term> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Course> _courses = [];
    private long _length;
    private long _revision;

    /// <summary>Says what a course is about, from now on.</summary>
    public void Set(int course, string[] terms)
    {
        _revision++;
        if (_courses.Remove(course, out var before))
        {
            _length -= before.Terms.Length;
            foreach (var term in before.Terms)
            {
                term.Courses.RemoveAll(posting => posting.Course == course);
                if (term.Courses.Count == 0)
                {
                    _terms.Remove(term.Text);
                }
            }
        }

        var about = new Term[terms.Length];
        for (var i = 0; i < terms.Length; i++)
        {
            if (!_terms.TryGetValue(terms[i], out var term))
            {
                _terms.Add(terms[i], term = new(terms[i]));
            }

            term.Courses.Add((course, terms.Length));
            about[i] = term;
        }

        _courses[course] = new(about);
        _length += about.Length;
    }

    /// <summary>How like a course other ones are, 0 to 1; only those that have a term in common with it, itself among them.</summary>
    /// <param name="course">The course.</param>
    /// <param name="courseCount">How many courses there are.</param>
    /// <param name="shares">Where the answer goes.</param>
    public void To(int course, int courseCount, CourseScores shares)
    {
        shares.Begin(courseCount);
        if (!_courses.TryGetValue(course, out var asked))
        {
            return;
        }

        var meanLength = MeanLength;
        var self = 0.0;
        foreach (var term in asked.Terms)
        {
            var rarity = RarityOf(term);
            self += rarity * Saturated(asked.Terms.Length, meanLength);
            foreach (var (other, length) in term.Courses.Count > PostingsMax ? [] : term.Courses)
            {
                shares.Add(other, (float)(rarity * Saturated(length, meanLength)), 0);
            }
        }

        foreach (var other in shares.Courses)
        {
            shares[other] = (float)Math.Min(1, shares[other] / self);
        }
    }

    /// <summary>How like two courses are, 0 to 1: the mean of both ways.</summary>
    public double Between(int one, int other)
    {
        if (!_courses.TryGetValue(one, out var first) || !_courses.TryGetValue(other, out var second))
        {
            return 0;
        }

        var shared = SharedRarity(first.ByHash, second.ByHash);
        if (shared == 0)
        {
            return 0;
        }

        var meanLength = MeanLength;
        var (ofFirst, ofSecond) = (Saturated(first.Terms.Length, meanLength), Saturated(second.Terms.Length, meanLength));
        return (Math.Min(1, shared * ofSecond / (SelfRarityOf(first) * ofFirst)) + Math.Min(1, shared * ofFirst / (SelfRarityOf(second) * ofSecond))) / 2;
    }

    private double MeanLength => Math.Max(1, _length / (double)_courses.Count);

    private double SharedRarity(Term[] one, Term[] other)
    {
        var shared = 0.0;
        for (var (i, j) = (0, 0); i < one.Length && j < other.Length;)
        {
            if (one[i].Hash == other[j].Hash)
            {
                shared += one[i].Courses.Count > PostingsMax ? 0 : RarityOf(one[i]);
                (i, j) = (i + 1, j + 1);
            }
            else
            {
                (i, j) = one[i].Hash < other[j].Hash ? (i + 1, j) : (i, j + 1);
            }
        }

        return shared;
    }

    private double SelfRarityOf(Course course)
    {
        if (course.RarityAsOf != _revision)
        {
            (course.Rarity, course.RarityAsOf) = (course.Terms.Sum(RarityOf), _revision);
        }

        return course.Rarity;
    }

    private double RarityOf(Term term) => Math.Log(1 + ((_courses.Count - term.Courses.Count + 0.5) / (term.Courses.Count + 0.5)));

    private static double Saturated(int length, double meanLength) => (K1 + 1) / (1 + (K1 * (1 - B + (B * length / meanLength))));

    private sealed class Term(string text)
    {
        public string Text { get; } = text;

        public ulong Hash { get; } = KeyHash.Of(text);

        /// <summary>Which courses have it, and how many terms each of them has.</summary>
        public List<(int Course, int Length)> Courses { get; } = [];
    }

    private sealed class Course(Term[] terms)
    {
        public Term[] Terms { get; } = terms;

        public Term[] ByHash { get; } = [.. terms.OrderBy(term => term.Hash)];

        // The sum over the terms, as of a revision of all courses.
        public double Rarity { get; set; }

        public long RarityAsOf { get; set; }
    }
}
