using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Bands;

/// <summary>In which band an enrolment is.</summary>
public static class BandRules
{
    /// <summary>A course without dates counts as over after so many days, unless the model says otherwise.</summary>
    public const int SelfPacedDays = 180;

    /// <summary>The band, given the one before.</summary>
    /// <remarks>A worse band begins when the logit lies below the border by the policy's hysteresis, a better one when it lies above it by as much.</remarks>
    /// <param name="before">The band before; None when there was none.</param>
    /// <param name="status">Where the learner stands; only an active enrolment has a band.</param>
    /// <param name="probability">The completion probability, 0 to 1.</param>
    /// <param name="elapsed">The share of the time that has passed (<see cref="ElapsedOf"/>).</param>
    /// <param name="trajectory">Those who completed.</param>
    /// <param name="policy">Where the borders are.</param>
    public static CompletionBand Next(
        CompletionBand before, EnrolmentStatus status, float probability, double elapsed, CompleterTrajectory trajectory, BandPolicy policy)
    {
        if (status != EnrolmentStatus.Active)
        {
            return CompletionBand.None;
        }

        var logit = PortableMath.Logit(probability);
        var band = BandOf(logit, elapsed, trajectory, policy);
        return before == CompletionBand.None || band == before ? band
            : band > before ? Worse(before, BandOf(logit + policy.HysteresisLogits, elapsed, trajectory, policy))
            : Better(before, BandOf(logit - policy.HysteresisLogits, elapsed, trajectory, policy));
    }

    /// <summary>How much of the time has passed, 0 to 1: of the course, or, without dates, of the model's horizon since enrolment.</summary>
    public static double ElapsedOf(CourseDefinition course, long enrolledAtMs, long asOfMs, int horizonDays)
    {
        var elapsed = CompletionFeatures.ElapsedShare(course, asOfMs);
        return elapsed >= 0 ? elapsed
            : enrolledAtMs == long.MaxValue ? 0
            : Math.Clamp((asOfMs - enrolledAtMs) / ((double)(horizonDays > 0 ? horizonDays : SelfPacedDays) * LearnerTime.DayMs), 0, 1);
    }

    private static CompletionBand BandOf(double logit, double elapsed, CompleterTrajectory trajectory, BandPolicy policy) =>
        logit >= trajectory.LogitAt(policy.OnTrackShare, elapsed) ? CompletionBand.OnTrack
        : logit >= trajectory.LogitAt(policy.SlippingShare, elapsed) ? CompletionBand.Slipping
        : logit >= trajectory.LogitAt(policy.AtRiskShare, elapsed) ? CompletionBand.AtRisk
        : CompletionBand.Lost;

    private static CompletionBand Worse(CompletionBand before, CompletionBand surely) => surely > before ? surely : before;

    private static CompletionBand Better(CompletionBand before, CompletionBand surely) => surely < before ? surely : before;
}
