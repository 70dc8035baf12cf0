namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What a tenant's courses taught both models, as of one instant.</summary>
public sealed class IndexFit
{
    /// <summary>What layer 2 learned.</summary>
    public PooledLogitEvidence Slope { get; } = new(IndexTerms.SlopeCount);

    /// <summary>What layer 3 learned.</summary>
    public PooledLogitEvidence Full { get; } = new(IndexTerms.FullCount);

    /// <summary>How much courses differ under layer 2: the variance of their levels.</summary>
    public double SlopeCourseVariance { get; set; } = PooledLogitPrior.CourseVarianceExpected;

    /// <summary>How much they differ under layer 3.</summary>
    public double FullCourseVariance { get; set; } = PooledLogitPrior.CourseVarianceExpected;

    /// <summary>The instant as of which what was learned counts what it counts; 0 before the first.</summary>
    public long AsOfMs { get; set; }

    /// <summary>Layer 2's prior with the courses' variance learned.</summary>
    public PooledLogitPrior SlopePrior => IndexTerms.SlopePrior with { CourseVariance = SlopeCourseVariance };

    /// <summary>Layer 3's prior with the courses' variance learned.</summary>
    public PooledLogitPrior FullPrior => IndexTerms.FullPrior with { CourseVariance = FullCourseVariance };

    /// <summary>Forgets what lies behind an instant: half in <see cref="IndexPolicy.HalfLifeDays"/>.</summary>
    public void ForgetTo(long asOfMs)
    {
        if (asOfMs <= AsOfMs)
        {
            return;
        }

        if (AsOfMs != 0)
        {
            var factor = IndexPolicy.Remembered(asOfMs - AsOfMs);
            Slope.Shrink(factor);
            Full.Shrink(factor);
        }

        AsOfMs = asOfMs;
    }

    /// <summary>Learns how a cohort of learners ended, from what its course looked like on the way: each look counts the same, together they count each learner once.</summary>
    /// <param name="course">The course.</param>
    /// <param name="looks">What the course looked like, at least once.</param>
    /// <param name="outcome">Completed, of all who had entered.</param>
    public void Learn(string course, IReadOnlyList<IndexLook> looks, RateCount outcome)
    {
        var weight = 1d / looks.Count;
        foreach (var look in looks)
        {
            Slope.Learn(course, IndexTerms.Slope(look.Rates), outcome, weight, SlopePrior);
            Full.Learn(course, IndexTerms.Full(look.Rates, look.ElapsedShare), outcome, weight, FullPrior);
        }
    }

    /// <summary>Learns anew how much courses differ: after outcomes were learned.</summary>
    public void LearnCourseVariance()
    {
        SlopeCourseVariance = PooledLogitPosterior.WithCourseVariance(Slope, SlopePrior).CourseVariance;
        FullCourseVariance = PooledLogitPosterior.WithCourseVariance(Full, FullPrior).CourseVariance;
    }

    /// <summary>Reads a course under both models.</summary>
    public IndexReading Read(string course, in IndexRates rates, double elapsedShare, bool isRandomised) => new(
        rates,
        EngagementIndex.Of(rates),
        SlopeReading.Of(PooledLogitPosterior.Of(Slope, SlopePrior), course, rates),
        FullReading.Of(Full, PooledLogitPosterior.Of(Full, FullPrior), course, rates, elapsedShare, isRandomised),
        Full.Learners,
        Full.Courses.Count);
}

/// <summary>What a course looked like at one time.</summary>
/// <param name="Rates">Its rates.</param>
/// <param name="ElapsedShare">The share of it that had elapsed, 0 to 1.</param>
public readonly record struct IndexLook(IndexRates Rates, double ElapsedShare);

/// <summary>A course's C in all three layers.</summary>
/// <param name="Rates">The rates, shrunk.</param>
/// <param name="Index">Layer 1: an index, not a probability.</param>
/// <param name="Slope">Layer 2.</param>
/// <param name="Full">Layer 3.</param>
/// <param name="Learners">From how many learners' outcomes the models learned; older ones count less.</param>
/// <param name="Courses">Of how many courses.</param>
public sealed record IndexReading(IndexRates Rates, Interval90 Index, SlopeReading Slope, FullReading Full, double Learners, int Courses);
