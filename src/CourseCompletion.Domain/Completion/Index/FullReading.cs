namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The third layer read for one course: main effects, interactions, the elapsed share and the course's own level.</summary>
/// <param name="Probability">C.</param>
/// <param name="Base">The logit of C at the mean of the courses learned from; with the contributions it adds up to the logit of C.</param>
/// <param name="Contributions">What each term adds.</param>
public sealed record FullReading(Interval90 Probability, double Base, IReadOnlyList<TermContribution> Contributions)
{
    /// <summary>Reads a course.</summary>
    /// <param name="evidence">What layer 3 learned.</param>
    /// <param name="posterior">Its posterior.</param>
    /// <param name="course">The course.</param>
    /// <param name="rates">Its rates.</param>
    /// <param name="elapsedShare">The share of it that has elapsed, 0 to 1.</param>
    /// <param name="isRandomised">Whether who was recommended or promoted to was drawn by lot.</param>
    public static FullReading Of(
        PooledLogitEvidence evidence, PooledLogitPosterior posterior, string course, in IndexRates rates, double elapsedShare, bool isRandomised)
    {
        var terms = IndexTerms.Full(rates, elapsedShare);
        var (mean, variance) = posterior.Linear(course, terms);
        var level = posterior.Level(course);
        var atMeans = posterior.Means[0];
        var contributions = new List<TermContribution>(terms.Length);
        for (var i = 1; i < terms.Length; i++)
        {
            var (term, centre) = ((IndexTerm)i, evidence.TermMean(i));
            atMeans += posterior.Means[i] * centre;
            var away = terms[i] - centre;
            var logit = Interval90.Of(posterior.Means[i] * away, away * away * posterior.Variance(i));
            contributions.Add(new(term, logit, LabelOf(posterior.IsIdentified(i), isRandomised && IsAssigned(term))));
        }

        var ownIsKnown = Math.Sqrt(level.Variance) <= IndexPolicy.NarrowerThan * Math.Sqrt(posterior.Prior.CourseVariance);
        contributions.Add(new(IndexTerm.Course, Interval90.Of(level.Mean, level.Variance), LabelOf(ownIsKnown, isRandomised: false)));
        return new(Interval90.OfLogit(mean, variance + IndexTerms.RateVariance(rates, posterior.Means)), atMeans, contributions);
    }

    // Learners decide themselves whether they interact and how far they are: those terms can never be more than associations.
    private static bool IsAssigned(IndexTerm term) => term is IndexTerm.Recommended or IndexTerm.Promoted or IndexTerm.RecommendedAndPromoted;

    private static TermLabel LabelOf(bool isIdentified, bool isRandomised) =>
        !isIdentified ? TermLabel.NotIdentified : isRandomised ? TermLabel.Effect : TermLabel.Association;
}
