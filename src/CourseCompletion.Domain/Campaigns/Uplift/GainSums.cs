using CourseCompletion.Domain.Campaigns.Effects;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>How much more reward the advice would have earned than something else, decision by decision.</summary>
/// <param name="Count">How many decisions were judged.</param>
/// <param name="Sum">The sum of the estimated gains.</param>
/// <param name="Squares">The sum of their squares.</param>
public readonly record struct GainSums(long Count, double Sum, double Squares)
{
    /// <summary>The mean gain a decision; 0 of none.</summary>
    public double Mean => Count > 0 ? Sum / Count : 0;

    /// <summary>One decision more.</summary>
    public GainSums Add(double gain) => new(Count + 1, Sum + gain, Squares + (gain * gain));

    /// <summary>These and others.</summary>
    public GainSums Add(GainSums other) => new(Count + other.Count, Sum + other.Sum, Squares + other.Squares);

    /// <summary>How far below the mean its lower bound lies, and above it its upper bound, each valid at all times at once; infinite while there are fewer than two.</summary>
    public double HalfWidth(UpliftPolicy policy)
    {
        if (Count < 2)
        {
            return double.PositiveInfinity;
        }

        var variance = Math.Max(0, (Squares / Count) - (Mean * Mean)) / (Count - 1);
        return Math.Sqrt(variance) * ConfidenceSequence.OneSidedDeviations(Count, policy.TunedDecisions, policy.Alpha);
    }
}
