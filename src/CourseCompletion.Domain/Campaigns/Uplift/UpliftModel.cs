using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Linear estimates over <see cref="UpliftFeatures"/>: of the reward with a nudge, without one, and of the difference.</summary>
/// <param name="Sent">Coefficients of the reward when something is sent.</param>
/// <param name="Silent">Coefficients of the reward when nothing is.</param>
/// <param name="Uplift">Coefficients of the difference, doubly robust.</param>
/// <param name="Covariance">Of <paramref name="Uplift"/>, row by row.</param>
public sealed record UpliftModel(double[] Sent, double[] Silent, double[] Uplift, double[] Covariance)
{
    /// <summary>The estimated uplift: by how much a nudge raises the expected reward.</summary>
    public double UpliftOf(ReadOnlySpan<double> features) => Product(Uplift, features);

    /// <summary>What is expected of a decision that is made now.</summary>
    public UpliftEstimate EstimateOf(ReadOnlySpan<double> features) => new((float)Product(Sent, features), (float)Product(Silent, features), (float)UpliftOf(features));

    /// <summary>How sure the data are that the uplift is positive, from 0 to 1.</summary>
    /// <remarks>The normal distribution function at uplift / standard error, within 0.01 (the logistic function of 1.702 x), with the same bits on every machine.</remarks>
    public double ConfidenceOf(double[] features) =>
        PortableMath.Logistic(1.702 * UpliftOf(features) / Math.Sqrt(Math.Max(1e-12, PositiveMatrix.Quadratic(Covariance, features))));

    private static double Product(double[] coefficients, ReadOnlySpan<double> features)
    {
        var sum = 0d;
        for (var i = 0; i < coefficients.Length; i++)
        {
            sum += coefficients[i] * features[i];
        }

        return sum;
    }
}
