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

    /// <summary>How sure the data are that the uplift is positive, from 0 to 1.</summary>
    /// <remarks>The normal distribution function at uplift / standard error, within 0.01 (the logistic function of 1.702 x), with the same bits on every machine.</remarks>
    public double ConfidenceOf(double[] features) =>
        PortableMath.Logistic(1.702 * UpliftOf(features) / Math.Sqrt(Math.Max(1e-12, PositiveMatrix.Quadratic(Covariance, features))));

    /// <summary>What a finished decision says about the uplift of its learner, right on average if either the propensity or the reward models are.</summary>
    /// <remarks>
    /// The augmented inverse-propensity score of Robins, Rotnitzky and Zhao (1994), which Kennedy's DR-learner ("Towards optimal doubly robust estimation of heterogeneous causal
    /// effects", 2023) regresses on the features.
    /// </remarks>
    public double ScoreOf(UpliftDecision decision)
    {
        var (sent, silent) = (Product(Sent, decision.Features), Product(Silent, decision.Features));
        return sent - silent + (decision.Sent ? (decision.Reward - sent) / decision.SendPropensity : -(decision.Reward - silent) / (1 - decision.SendPropensity));
    }

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
