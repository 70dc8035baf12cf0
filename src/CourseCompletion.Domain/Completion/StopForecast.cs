namespace CourseCompletion.Domain.Completion;

/// <summary>When a learner probably stops.</summary>
/// <param name="WeeksAhead">The most likely week, 0 for the next seven days.</param>
/// <param name="Probability">The probability that it is this week, 0 to 1.</param>
/// <param name="ByTheEnd">The probability that it is any week up to the course's end or the last that is looked at.</param>
public readonly record struct StopForecast(int WeeksAhead, float Probability, float ByTheEnd);
