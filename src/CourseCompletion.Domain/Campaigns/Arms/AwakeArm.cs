namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>An arm that may be chosen for a learner now.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="DaysSinceSent">How many days ago this learner was last sent it; null if never.</param>
public readonly record struct AwakeArm(ArmId Arm, double? DaysSinceSent = null);
