using System.Numerics;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>Whether a campaign that sends on expected gain sends a nudge that passed every check, or withholds it: a hash of who and what against the propensity.</summary>
/// <remarks>It is drawn when nothing defers the nudge any more, once for an occurrence, and for every side of the experiment alike.</remarks>
internal static class SendDraw
{
    /// <summary>The decision with what it was drawn with, withheld if so it fell out.</summary>
    public static NudgeDecision Draw(NudgeDecision decision, LearnerState state, GateQuestion question)
    {
        var (uplift, situation) = (question.Learned.Uplift, SituationOf(state, question));
        var draw = decision.Group == AssignmentGroup.None ? UpliftRules.AdviceFor(uplift, situation) : UpliftRules.DrawFor(uplift, situation, UpliftPolicy.Default);
        decision = decision with { Uplift = draw };
        if (CampaignAssignment.UniformOf("send", question.Campaign.Salt, question.Tenant.Value, question.Learner.Value, decision.Occurrence) < draw.SendPropensity)
        {
            return decision;
        }

        var isAdvised = uplift.IsOn && draw.Estimate is { Advises: false };
        return decision with { Verdict = NudgeVerdict.Withheld, Reason = isAdvised ? NudgeReason.NoExpectedGain : NudgeReason.Exploration };
    }

    private static UpliftSituation SituationOf(LearnerState state, GateQuestion question)
    {
        var (nowMs, enrolment) = (question.Moment.NowMs, question.Enrolment!);
        var newestMs = enrolment.LastActivityAtMs == 0 ? enrolment.EnrolledAtMs : enrolment.LastActivityAtMs;
        var (_, sends, ignored) = CapRules.Count(state.Nudges, state.LastActivityAtMs, nowMs);
        return new(
            question.Standing.Probability,
            Math.Max(0, nowMs - newestMs) / (float)LearnerTime.DayMs,
            sends,
            ignored,
            StreakOf(enrolment, nowMs),
            state.ActivityHours.MatchOf(nowMs));
    }

    // Days in a row with activity, the last of them today or yesterday; by UTC, as the completion features count them.
    private static int StreakOf(EnrolmentState enrolment, long nowMs) =>
        LearnerTime.DayOf(nowMs) - LearnerTime.DayOf(enrolment.LastActivityAtMs) <= 1 ? BitOperations.TrailingZeroCount(~enrolment.ActiveMask) : 0;
}
