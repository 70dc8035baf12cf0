namespace CourseCompletion.Prediction.Recommendations.OffPolicy;

/// <summary>One place of a list that was shown.</summary>
/// <param name="Learner">To whom.</param>
/// <param name="Course">The course that stood there.</param>
/// <param name="Propensity">How likely it was to stand there, above 0 and at most 1, as the engine noted it.</param>
/// <param name="Reward">What came of it: 1 when the learner took the course in time, else 0.</param>
public readonly record struct LoggedPlace(string Learner, string Course, double Propensity, double Reward);
