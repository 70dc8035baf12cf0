namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>With which probability an awake arm is chosen.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Propensity">From 0 to 1; those of one decision sum to 1.</param>
public readonly record struct ArmPropensity(ArmId Arm, double Propensity);
