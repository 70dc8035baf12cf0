namespace CourseCompletion.Prediction.Recommendations;

/// <summary>What one learner took, by name.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Items">The items, oldest first, none of them twice.</param>
/// <param name="AtMs">When each was taken, in milliseconds since 1970; empty where no times are known.</param>
public sealed record LearnerItems(string Learner, IReadOnlyList<string> Items, IReadOnlyList<long> AtMs);
