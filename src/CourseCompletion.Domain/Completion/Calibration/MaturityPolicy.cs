namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>When it counts as known how an enrolment ended.</summary>
/// <param name="Grace">How long after a course's end late hand-ins and results are waited for.</param>
/// <param name="SelfPacedHorizon">How long after enrolment a learner of a course without an end has time.</param>
public sealed record MaturityPolicy(TimeSpan Grace, TimeSpan SelfPacedHorizon)
{
    /// <summary>Ten days of grace, and 180 days in a self-paced course.</summary>
    public static MaturityPolicy Default { get; } = new(TimeSpan.FromDays(10), TimeSpan.FromDays(180));
}
