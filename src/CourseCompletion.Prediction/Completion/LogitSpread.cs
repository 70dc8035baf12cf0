using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion;

/// <summary>By how much the true rate of a group of learners lies off the predicted one, as a standard deviation on the logit scale, beyond what chance does to a finite group.</summary>
/// <remarks>Courses differ in what no feature tells. It changes with the days since the course's start as the linear part does; without dates there is one number.</remarks>
/// <param name="AtKnots">The deviation at each of <see cref="LinearPart.KnotDays"/>.</param>
/// <param name="Undated">The deviation without dates.</param>
public sealed record LogitSpread(float[] AtKnots, float Undated)
{
    /// <summary>What is taken for granted before any course was seen: a deviation of 0.4, which is ten points around one half.</summary>
    public const float PriorDeviation = 0.4f;

    /// <summary>The spread of a model that none was learned for.</summary>
    public static LogitSpread Prior { get; } = new([.. Enumerable.Repeat(PriorDeviation, LinearPart.KnotDays.Length)], PriorDeviation);

    /// <summary>The deviation for a vector.</summary>
    public float Of(ReadOnlySpan<float> features) => features[FeatureIndex.ElapsedShare] < 0 ? Undated : At(LinearPart.PlaceOf(features));

    /// <summary>Checks that all numbers are finite and none is negative.</summary>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public void Check()
    {
        if (AtKnots.Length != LinearPart.KnotDays.Length || !AtKnots.Append(Undated).All(deviation => float.IsFinite(deviation) && deviation >= 0))
        {
            throw new ArgumentException($"The spread has not one deviation for each of {LinearPart.KnotDays.Length} knots and one more.");
        }
    }

    private float At(KnotPlace place) => (AtKnots[place.Knot] * place.Before) + (AtKnots[place.Knot + 1] * place.After);
}
