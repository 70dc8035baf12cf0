using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion;

/// <summary>A weighted sum of standardised features whose weights change with the days since the course's start.</summary>
/// <remarks>
/// <para>
/// sum = intercept + over features j of (base_j + change_j(day)) z_j, with z_j = (x_j - mean_j) scale_j cut to -4..4. The change runs in straight lines, over ln(1 + day),
/// through one value at each of <see cref="KnotDays"/>; before the first and after the last it stays, and without dates there is none.
/// </para>
/// <para>Immutable once its numbers are set.</para>
/// </remarks>
/// <param name="Intercept">The sum for a vector of means.</param>
/// <param name="Means">The mean of each feature.</param>
/// <param name="Scales">The reciprocal of each feature's deviation; 0 for one that is left out.</param>
/// <param name="Base">Each feature's weight in a course without dates.</param>
/// <param name="Changes">What is added to it: knot by knot, a number for each feature.</param>
public sealed record LinearPart(float Intercept, float[] Means, float[] Scales, float[] Base, float[] Changes)
{
    /// <summary>Standardised features are cut at this many deviations, so that a learner unlike all others is not scored far out.</summary>
    public const float DeviationsMax = 4;

    private static readonly float[] _knots = [.. KnotDays.ToArray().Select(day => (float)PortableMath.Log1P(day))];

    /// <summary>The days after the course's start at which the weights are known.</summary>
    public static ReadOnlySpan<int> KnotDays => [3, 7, 14, 28, 56, 112, 224];

    /// <summary>A part that adds nothing.</summary>
    public static LinearPart None(int featureCount) =>
        new(0, new float[featureCount], new float[featureCount], new float[featureCount], new float[featureCount * KnotDays.Length]);

    /// <summary>Where in time a vector stands.</summary>
    public static KnotPlace PlaceOf(ReadOnlySpan<float> features)
    {
        if (features[FeatureIndex.ElapsedShare] < 0)
        {
            return new(0, 0, 0);
        }

        var at = Math.Clamp(features[FeatureIndex.ElapsedDays], _knots[0], _knots[^1]);
        var knot = 0;
        while (knot < _knots.Length - 2 && at >= _knots[knot + 1])
        {
            knot++;
        }

        var share = (at - _knots[knot]) / (_knots[knot + 1] - _knots[knot]);
        return new(knot, 1 - share, share);
    }

    /// <summary>The features that count, by index.</summary>
    public ushort[] UsedFeatures() => [.. Enumerable.Range(0, Means.Length).Where(i => Scales[i] != 0).Select(i => (ushort)i)];

    /// <summary>The weighted sum. Allocates; for many vectors, ask for the <see cref="UsedFeatures"/> once.</summary>
    public double Sum(ReadOnlySpan<float> features) => Sum(features, UsedFeatures());

    /// <summary>The weighted sum.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="used">The <see cref="UsedFeatures"/>; all others would add 0.</param>
    public double Sum(ReadOnlySpan<float> features, ReadOnlySpan<ushort> used)
    {
        var place = PlaceOf(features);
        double sum = Intercept;
        foreach (var i in used)
        {
            sum += Term(features[i], i, place);
        }

        return sum;
    }

    /// <summary>The part whose sum is so many times this one's.</summary>
    public LinearPart Times(float factor) => this with
    {
        Intercept = Intercept * factor,
        Base = [.. Base.Select(weight => weight * factor)],
        Changes = [.. Changes.Select(change => change * factor)],
    };

    /// <summary>Adds what each feature contributes beyond <see cref="Intercept"/>.</summary>
    /// <param name="features">The vector.</param>
    /// <param name="used">The <see cref="UsedFeatures"/>.</param>
    /// <param name="contributions">Where they are added.</param>
    /// <returns>The weighted sum.</returns>
    public double Attribute(ReadOnlySpan<float> features, ReadOnlySpan<ushort> used, Span<double> contributions)
    {
        var place = PlaceOf(features);
        double sum = Intercept;
        foreach (var i in used)
        {
            var term = Term(features[i], i, place);
            contributions[i] += term;
            sum += term;
        }

        return sum;
    }

    /// <summary>A feature's standardised value.</summary>
    public float Standard(float feature, int i) => Math.Clamp((feature - Means[i]) * Scales[i], -DeviationsMax, DeviationsMax);

    /// <summary>Checks that all numbers are finite and as many as there are features.</summary>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public void Check(int featureCount)
    {
        if (Changes.Length != featureCount * KnotDays.Length || !float.IsFinite(Intercept)
            || new[] { Means, Scales, Base }.Any(numbers => numbers.Length != featureCount)
            || new[] { Means, Scales, Base, Changes }.Any(numbers => Array.Exists(numbers, number => !float.IsFinite(number))))
        {
            throw new ArgumentException($"The linear part has not one finite number for each of {featureCount} features and {KnotDays.Length} knots.");
        }
    }

    private double Term(float feature, int i, KnotPlace place)
    {
        var at = (place.Knot * Means.Length) + i;
        var weight = Base[i] + (Changes[at] * place.Before) + (Changes[at + Means.Length] * place.After);
        return (double)weight * Standard(feature, i);
    }
}

/// <summary>A place between two knots.</summary>
/// <param name="Knot">The knot before it.</param>
/// <param name="Before">How much that one counts; 0 without dates.</param>
/// <param name="After">How much the next one counts; 0 without dates.</param>
public readonly record struct KnotPlace(int Knot, float Before, float After);
