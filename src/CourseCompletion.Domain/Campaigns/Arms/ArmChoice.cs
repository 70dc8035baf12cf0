namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>An arm that was chosen, with what an estimate from the log needs to know.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Propensity">With which probability it was chosen.</param>
public readonly record struct ArmChoice(ArmId Arm, double Propensity)
{
    /// <summary>Chooses one of the awake arms, of which there is at least one.</summary>
    /// <param name="awake">The arms with their propensities.</param>
    /// <param name="uniform">From 0 up to but without 1, such as <see cref="Assignment.CampaignAssignment.UniformOf"/> of the occurrence's id.</param>
    public static ArmChoice Choose(IReadOnlyList<ArmPropensity> awake, double uniform)
    {
        var rest = uniform;
        foreach (var (arm, propensity) in awake)
        {
            rest -= propensity;
            if (rest < 0)
            {
                return new(arm, propensity);
            }
        }

        // Rounding may leave the sum a hair below 1.
        return new(awake[^1].Arm, awake[^1].Propensity);
    }
}
