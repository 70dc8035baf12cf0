namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What is believed of a hierarchical logistic model after the evidence: normal coefficients and courses' levels.</summary>
public sealed class PooledLogitPosterior
{
    private const int VarianceSteps = 30;

    private readonly PooledLogitEvidence _evidence;
    private readonly double[] _covariance;

    private PooledLogitPosterior(PooledLogitEvidence evidence, PooledLogitPrior prior, double[] means, double[] covariance)
    {
        (_evidence, Prior, Means, _covariance) = (evidence, prior, means, covariance);
    }

    /// <summary>What was believed before.</summary>
    public PooledLogitPrior Prior { get; }

    /// <summary>The coefficients' means.</summary>
    public double[] Means { get; }

    /// <summary>The posterior: the courses' levels are integrated out of the arrow, so that only a matrix of the coefficients is inverted.</summary>
    public static PooledLogitPosterior Of(PooledLogitEvidence evidence, PooledLogitPrior prior)
    {
        var n = evidence.Count;
        var precision = evidence.Information.ToArray();
        var pull = evidence.Pull.ToArray();
        for (var i = 0; i < n; i++)
        {
            precision[(i * n) + i] += prior.Precision(i);
            pull[i] += prior.Precision(i) * prior.Means[i];
        }

        foreach (var level in evidence.Courses.Values)
        {
            var own = level.Information + (1 / prior.CourseVariance);
            for (var i = 0; i < n; i++)
            {
                var share = level.Cross[i] / own;
                for (var j = 0; j < n; j++)
                {
                    precision[(i * n) + j] -= share * level.Cross[j];
                }

                pull[i] -= share * level.Pull;
            }
        }

        var covariance = PositiveMatrix.Invert(precision, n);
        return new(evidence, prior, PositiveMatrix.Times(covariance, pull), covariance);
    }

    /// <summary>The prior with the courses' variance that the evidence makes most plausible.</summary>
    /// <remarks>Expectation and maximisation over the levels' means and variances, with the expected variance as good as <see cref="PooledLogitPrior.CourseVarianceBelief"/> courses.</remarks>
    public static PooledLogitPrior WithCourseVariance(PooledLogitEvidence evidence, PooledLogitPrior prior)
    {
        var variance = prior.CourseVariance;
        for (var step = 0; step < VarianceSteps; step++)
        {
            var posterior = Of(evidence, prior with { CourseVariance = variance });
            var sum = PooledLogitPrior.CourseVarianceBelief * PooledLogitPrior.CourseVarianceExpected;
            foreach (var course in evidence.Courses.Keys)
            {
                var (mean, spread) = posterior.Level(course);
                sum += (mean * mean) + spread;
            }

            var next = sum / (PooledLogitPrior.CourseVarianceBelief + evidence.Courses.Count);
            var settled = Math.Abs(next - variance) < 1e-6 * variance;
            variance = next;
            if (settled)
            {
                break;
            }
        }

        return prior with { CourseVariance = variance };
    }

    /// <summary>A coefficient's variance.</summary>
    public double Variance(int coefficient) => _covariance[(coefficient * Means.Length) + coefficient];

    /// <summary>Whether the evidence says something of a coefficient that the prior did not: its terms vary and its posterior is narrower.</summary>
    public bool IsIdentified(int coefficient) =>
        _evidence.TermVariance(coefficient) >= IndexPolicy.VariationMin
        && Math.Sqrt(Variance(coefficient)) <= IndexPolicy.NarrowerThan * Prior.Deviations[coefficient];

    /// <summary>A course's level: its mean and variance; the prior's for a course without evidence.</summary>
    public (double Mean, double Variance) Level(string course) => Combine(course, new double[Means.Length]);

    /// <summary>The logit of a course's C under terms: its mean and variance.</summary>
    public (double Mean, double Variance) Linear(string course, double[] terms) => Combine(course, terms);

    /// <summary>The covariance of that logit with a coefficient.</summary>
    public double CovarianceWith(string course, double[] terms, int coefficient)
    {
        var away = Away(course, terms);
        var sum = 0d;
        for (var i = 0; i < away.Length; i++)
        {
            sum += away[i] * _covariance[(i * away.Length) + coefficient];
        }

        return sum;
    }

    // x beta + u, where u given beta is normal with mean (pull - cross beta) / own and variance 1 / own.
    private (double Mean, double Variance) Combine(string course, double[] terms)
    {
        var away = Away(course, terms);
        var (mean, variance) = (0d, PositiveMatrix.Quadratic(_covariance, away));
        for (var i = 0; i < away.Length; i++)
        {
            mean += away[i] * Means[i];
        }

        return _evidence.Courses.TryGetValue(course, out var level)
            ? (mean + (level.Pull / OwnOf(level)), variance + (1 / OwnOf(level)))
            : (mean, variance + Prior.CourseVariance);
    }

    private double[] Away(string course, double[] terms)
    {
        var away = terms.ToArray();
        if (_evidence.Courses.TryGetValue(course, out var level))
        {
            for (var i = 0; i < away.Length; i++)
            {
                away[i] -= level.Cross[i] / OwnOf(level);
            }
        }

        return away;
    }

    private double OwnOf(CourseEvidence level) => level.Information + (1 / Prior.CourseVariance);
}
