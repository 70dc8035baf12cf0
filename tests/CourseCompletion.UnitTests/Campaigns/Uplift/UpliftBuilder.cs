using CourseCompletion.Domain.Campaigns.Uplift;

namespace CourseCompletion.UnitTests.Campaigns.Uplift;

/// <summary>What campaigns have learned about whom to leave alone, for tests that do not learn it.</summary>
internal static class UpliftBuilder
{
    private const int LogitFeature = 1;

    /// <summary>An estimate that is followed: a nudge helps the more the less likely completion is, not at all at a probability of 0.5, and harms above it.</summary>
    /// <param name="slope">By how much the uplift changes with half the logit of the probability.</param>
    /// <param name="doubt">The standard error of the uplift at half a logit of 1.</param>
    public static UpliftState On(double slope = -0.2, double doubt = 0.02) => Off(slope, doubt) with { IsOn = true };

    /// <summary>The same, not followed yet.</summary>
    public static UpliftState Off(double slope = -0.2, double doubt = 0.02)
    {
        var n = UpliftFeatures.Count;
        var model = new UpliftModel(new double[n], new double[n], new double[n], new double[n * n]);
        (model.Sent[0], model.Silent[0]) = (0.4, 0.4);
        (model.Sent[LogitFeature], model.Uplift[LogitFeature]) = (slope, slope);
        model.Covariance[(LogitFeature * n) + LogitFeature] = doubt * doubt;
        return new() { Model = model, FittedAt = 1_000, Gains = new(1_000, default, default) };
    }
}
