namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What is known of a rate before its course is looked at: a Beta distribution.</summary>
/// <param name="Hits">Its first parameter: so many hits are taken as seen.</param>
/// <param name="Misses">Its second parameter.</param>
public readonly record struct RatePrior(double Hits, double Misses)
{
    private const double StrengthMin = 5;
    private const double StrengthMax = 1_000;
    private const int CoursesToFit = 3;

    /// <summary>Without other courses: a tenth, believed no more than five learners are.</summary>
    public static RatePrior Default { get; } = new(0.5, 4.5);

    /// <summary>The pooled rate of several courses, believed the more the less they differ beyond what chance explains.</summary>
    /// <remarks>
    /// Beta-binomial by moments: the overdispersion is (S / (m (1 - m)) - c) / (N - c), with S the sum of n (p - m)^2, over c courses of n learners, N in all. Strength, that is 1 / overdispersion - 1, is held
    /// between 5 and 1,000 learners, and at 5 for fewer than three courses.
    /// </remarks>
    public static RatePrior Fit(IReadOnlyCollection<RateCount> courses)
    {
        var (hits, of, counted) = (Default.Hits, Default.Hits + Default.Misses, 0);
        foreach (var course in courses)
        {
            if (course.Of > 0)
            {
                hits += course.Hits;
                of += course.Of;
                counted++;
            }
        }

        var mean = Math.Clamp(hits / of, 1e-4, 1 - 1e-4);
        var strength = counted < CoursesToFit ? StrengthMin : StrengthOf(courses, mean, counted);
        return new(mean * strength, (1 - mean) * strength);
    }

    /// <summary>The rate of one course: its count and the prior together.</summary>
    public RateEstimate Shrink(RateCount count)
    {
        var of = Hits + Misses + count.Of;
        var mean = (Hits + count.Hits) / of;
        return new(count, mean, Math.Sqrt(mean * (1 - mean) / (of + 1)));
    }

    private static double StrengthOf(IReadOnlyCollection<RateCount> courses, double mean, int counted)
    {
        double spread = 0, rest = 0;
        foreach (var course in courses)
        {
            if (course.Of > 0)
            {
                spread += course.Of * (course.Share - mean) * (course.Share - mean);
                rest += course.Of - 1;
            }
        }

        var overdispersion = rest <= 0 ? 1 : ((spread / (mean * (1 - mean))) - counted) / rest;
        return overdispersion <= 1 / (StrengthMax + 1) ? StrengthMax : Math.Clamp((1 / overdispersion) - 1, StrengthMin, StrengthMax);
    }
}

/// <summary>The three priors, in the order of <see cref="IndexCounts"/>.</summary>
public readonly record struct IndexPriors(RatePrior Recommended, RatePrior Interacting, RatePrior Promoted)
{
    /// <summary>Without other courses.</summary>
    public static IndexPriors Default { get; } = new(RatePrior.Default, RatePrior.Default, RatePrior.Default);

    /// <summary>The priors of a tenant's courses.</summary>
    public static IndexPriors Fit(IReadOnlyCollection<IndexCounts> courses) => new(
        RatePrior.Fit([.. courses.Select(course => course.Recommended)]),
        RatePrior.Fit([.. courses.Select(course => course.Interacting)]),
        RatePrior.Fit([.. courses.Select(course => course.Promoted)]));

    /// <summary>The rates of one course.</summary>
    public IndexRates Shrink(in IndexCounts counts) =>
        new(Recommended.Shrink(counts.Recommended), Interacting.Shrink(counts.Interacting), Promoted.Shrink(counts.Promoted));
}

/// <summary>A rate, shrunk.</summary>
/// <param name="Count">What was counted.</param>
/// <param name="Mean">The posterior mean, above 0 and below 1.</param>
/// <param name="Deviation">The posterior standard deviation.</param>
public readonly record struct RateEstimate(RateCount Count, double Mean, double Deviation)
{
    /// <summary>The mean on the logit scale.</summary>
    public double Logit => Math.Log(Mean / (1 - Mean));

    /// <summary>The standard deviation on that scale, to first order.</summary>
    public double LogitDeviation => Deviation / (Mean * (1 - Mean));

    /// <summary>The rate with its 90 % interval.</summary>
    public Interval90 Interval => Interval90.OfLogit(Logit, LogitDeviation * LogitDeviation);
}

/// <summary>The three rates, shrunk.</summary>
public readonly record struct IndexRates(RateEstimate Recommended, RateEstimate Interacting, RateEstimate Promoted);
