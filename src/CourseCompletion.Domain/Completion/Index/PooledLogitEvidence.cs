namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What outcomes taught about a logistic model with common coefficients and a level per course: a sum of quadratic approximations, free of the prior.</summary>
/// <remarks>
/// The model is logit C = x beta + u, with u the course's level. A recursive Laplace step adds the curvature and the pull of a new outcome's likelihood at the mode of the
/// posterior that includes it; since an outcome speaks of one linear combination only, that mode is the root of one increasing function. Because courses' levels meet only
/// through beta, the precision is an arrow: a block for beta, and a row and a number a course, which bounds both memory and time to the number of courses. To forget is to shrink the
/// sums; the prior stays.
/// </remarks>
public sealed class PooledLogitEvidence(int count)
{
    private const double Negligible = 1e-9;

    /// <summary>How many coefficients there are.</summary>
    public int Count => count;

    /// <summary>The common coefficients' information, row by row.</summary>
    public double[] Information { get; } = new double[count * count];

    /// <summary>Their pull: information times value.</summary>
    public double[] Pull { get; } = new double[count];

    /// <summary>How many learners' outcomes it is worth now.</summary>
    public double Learners { get; set; }

    /// <summary>The terms' sums over those learners.</summary>
    public double[] TermSums { get; } = new double[count];

    /// <summary>The sums of the terms' squares.</summary>
    public double[] TermSquares { get; } = new double[count];

    /// <summary>By course id: what is known of its level.</summary>
    public Dictionary<string, CourseEvidence> Courses { get; } = new(StringComparer.Ordinal);

    /// <summary>A term's mean over what was learned from; 0 before.</summary>
    public double TermMean(int term) => Learners <= 0 ? 0 : TermSums[term] / Learners;

    /// <summary>A term's variance over what was learned from; 0 before.</summary>
    public double TermVariance(int term) => Learners <= 0 ? 0 : Math.Max(0, (TermSquares[term] / Learners) - (TermMean(term) * TermMean(term)));

    /// <summary>Learns one outcome: of <paramref name="outcome"/>'s learners so many completed.</summary>
    /// <param name="course">The course.</param>
    /// <param name="terms">The terms under which it came about; the first is 1.</param>
    /// <param name="outcome">Completed, of so many.</param>
    /// <param name="weight">How much a learner counts, above 0 to 1.</param>
    /// <param name="prior">What is believed without evidence.</param>
    public void Learn(string course, double[] terms, RateCount outcome, double weight, PooledLogitPrior prior)
    {
        if (outcome.Of <= 0 || weight <= 0)
        {
            return;
        }

        var (mean, variance) = PooledLogitPosterior.Of(this, prior).Linear(course, terms);
        var logit = ModeAfter(mean, variance, outcome, weight);
        var probability = PortableMath.Logistic(logit);
        var information = weight * outcome.Of * probability * (1 - probability);
        var pull = (information * logit) + (weight * (outcome.Hits - (outcome.Of * probability)));
        if (!Courses.TryGetValue(course, out var level))
        {
            MakeRoom(prior);
            Courses.Add(course, level = new(count));
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                Information[(i * count) + j] += information * terms[i] * terms[j];
            }

            Pull[i] += pull * terms[i];
            level.Cross[i] += information * terms[i];
            TermSums[i] += weight * outcome.Of * terms[i];
            TermSquares[i] += weight * outcome.Of * terms[i] * terms[i];
        }

        level.Information += information;
        level.Pull += pull;
        Learners += weight * outcome.Of;
    }

    /// <summary>Forgets: what was learned counts only so much, 0 to 1.</summary>
    public void Shrink(double factor)
    {
        Scale(Information, factor);
        Scale(Pull, factor);
        Scale(TermSums, factor);
        Scale(TermSquares, factor);
        Learners *= factor;
        foreach (var (course, level) in Courses)
        {
            Scale(level.Cross, factor);
            level.Information *= factor;
            level.Pull *= factor;
            if (level.Information < Negligible)
            {
                Courses.Remove(course);
            }
        }
    }

    // The root of (logit - mean) / variance = weight (hits - of x logistic(logit)): the left side less the right one grows with the logit.
    private static double ModeAfter(double mean, double variance, RateCount outcome, double weight)
    {
        var (low, high) = (mean - (variance * weight * outcome.Of), mean + (variance * weight * outcome.Of));
        for (var halving = 0; halving < 100 && high - low > 1e-12; halving++)
        {
            var middle = (low + high) / 2;
            var excess = ((middle - mean) / variance) - (weight * (outcome.Hits - (outcome.Of * PortableMath.Logistic(middle))));
            (low, high) = excess > 0 ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    // The least known course's level is integrated out: what it taught about the common coefficients stays exactly what it was.
    private void MakeRoom(PooledLogitPrior prior)
    {
        if (Courses.Count < IndexPolicy.CoursesMax)
        {
            return;
        }

        var (course, level) = Courses.MinBy(known => known.Value.Information);
        var precision = level.Information + (1 / prior.CourseVariance);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                Information[(i * count) + j] -= level.Cross[i] * level.Cross[j] / precision;
            }

            Pull[i] -= level.Cross[i] * level.Pull / precision;
        }

        Courses.Remove(course);
    }

    private static void Scale(double[] values, double factor)
    {
        foreach (ref var value in values.AsSpan())
        {
            value *= factor;
        }
    }
}

/// <summary>What is known of one course's level.</summary>
public sealed class CourseEvidence(int count)
{
    /// <summary>The information that the level shares with each common coefficient.</summary>
    public double[] Cross { get; } = new double[count];

    /// <summary>The level's own information.</summary>
    public double Information { get; set; }

    /// <summary>Its pull.</summary>
    public double Pull { get; set; }
}
