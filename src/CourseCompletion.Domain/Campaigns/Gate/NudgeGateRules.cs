using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>The one gate: whether a nudge is sent to a learner. No clock, no randomness: draws are hashes of who and what.</summary>
/// <remarks>
/// It asks in this order: consent, eligibility, done already, frequency caps, quiet hours, arm, expected gain, and last the side in the experiment, so that a learner in a control
/// group passes every check and uses up caps like one who gets it. What a learner waits for (transactional) stands outside caps and experiments, never outside consent.
/// </remarks>
public static class NudgeGateRules
{
    /// <summary>The decision about an offer; null when it was decided before, and nothing is to be remembered.</summary>
    public static NudgeDecision? Decide(LearnerState state, GateQuestion question, GatePolicy policy)
    {
        var log = state.Nudges;
        var (offer, nowMs) = (question.Offer, question.Moment.NowMs);
        var id = NudgeIds.Of(question.Tenant, question.Learner, offer.Campaign, offer.Occurrence);
        var earlier = log?.Find(id)?.Decision;
        if (earlier is { Verdict: not NudgeVerdict.Deferred } || (nowMs < earlier?.RetryAtMs && !offer.IsDone))
        {
            return null;
        }

        var membership = log?.Find(offer.Campaign);
        if (earlier is null && offer.IsScheduled && offer.DueAtMs <= membership?.NewestDueAtMs)
        {
            return null;
        }

        var isTransactional = offer.IsTransactional || question.Campaign.IsAskedFor(state.Preferences.ReminderMinute);
        var cluster = ClusterOf(question, membership);
        var decision = new NudgeDecision
        {
            Id = id,
            Campaign = offer.Campaign,
            CampaignVersion = question.Campaign.Version,
            Occurrence = offer.Occurrence,
            Course = offer.Course,
            Purpose = question.Campaign.Purpose,
            DueAtMs = offer.DueAtMs,
            DecidedAtMs = nowMs,
            Verdict = NudgeVerdict.Unspecified,
            Probability = question.Standing.Probability,
            Group = isTransactional ? AssignmentGroup.None : GroupOf(state.Preferences, question, membership, cluster),
            IsTransactional = isTransactional,
            Arm = earlier?.Arm ?? "",
            Propensity = earlier?.Propensity ?? 0,
            Awake = earlier?.Awake ?? [],
            Cluster = isTransactional ? AssignmentCluster.None : cluster,
        };
        return Judge(state, question, decision, policy);
    }

    private static NudgeDecision Judge(LearnerState state, GateQuestion question, NudgeDecision decision, GatePolicy policy)
    {
        var nowMs = question.Moment.NowMs;
        var (campaign, preferences) = (question.Campaign, state.Preferences);
        var consented = ArmDraw.Consented(campaign, preferences);
        if (preferences.OptedOut.Contains(campaign.Purpose))
        {
            return Suppress(decision, NudgeReason.OptedOut);
        }

        if (consented.Count == 0)
        {
            return Suppress(decision, NudgeReason.NoChannel);
        }

        if (Ineligible(state, question) is { } ineligible)
        {
            return Suppress(decision, ineligible);
        }

        // After the checks that no waiting would change: the record says what stood against it even when it was late.
        var longestDelayMs = campaign.Arms.Max(arm => arm.DelayMinutes) * 60_000L;
        if (nowMs >= question.Offer.UselessFromMs || nowMs > Math.Max(decision.DueAtMs + longestDelayMs, DeferredUntil(state, decision)) + campaign.GraceMs)
        {
            return decision with { Verdict = NudgeVerdict.Missed, Reason = NudgeReason.TooLate };
        }

        var cap = decision.IsTransactional ? null : CapRules.Check(state.Nudges, preferences, state.LastActivityAtMs, nowMs, policy);
        var mayJoin = !decision.IsTransactional && DigestRules.MayJoin(state.Nudges, decision, campaign);
        if (cap is not null && !(mayJoin && DigestRules.OpenIn(state.Nudges, state.Sequence + 1, NudgeChannel.Unspecified) != default))
        {
            return Suppress(decision, cap.Value);
        }

        if (question.Moment.QuietUntilMs > 0 && !(decision.IsTransactional && preferences.AnswersInQuietHours))
        {
            return campaign.QuietHours == QuietHoursRule.Drop || question.Moment.QuietUntilMs >= question.Offer.UselessFromMs
                ? Suppress(decision, NudgeReason.QuietHours)
                : Defer(decision, NudgeReason.QuietHours, question.Moment.QuietUntilMs);
        }

        if (decision.IsTransactional)
        {
            var strongest = ArmDraw.Strongest(consented);
            return Conclude(decision with { Arm = strongest.Id, Propensity = 1 }, strongest);
        }

        decision = ArmDraw.Draw(decision, question, consented, state.Nudges);
        var arm = campaign.FindArm(decision.Arm)!;
        var readyAtMs = decision.DueAtMs + (arm.DelayMinutes * 60_000L);
        if (nowMs < readyAtMs && readyAtMs >= question.Offer.UselessFromMs)
        {
            return decision with { Verdict = NudgeVerdict.Missed, Reason = NudgeReason.TooLate };
        }

        if (nowMs < readyAtMs)
        {
            return Defer(decision, NudgeReason.ArmDelay, readyAtMs);
        }

        if (campaign.SendsOnExpectedGain)
        {
            decision = SendDraw.Draw(decision, state, question);
            if (decision.Verdict == NudgeVerdict.Withheld)
            {
                return decision;
            }
        }

        decision = Conclude(decision, arm);
        if (decision.Verdict == NudgeVerdict.Withheld || !mayJoin)
        {
            return decision;
        }

        // The digest that made room may be of another channel.
        var open = DigestRules.OpenIn(state.Nudges, state.Sequence + 1, decision.Channel);
        return open != default ? decision with { Digest = open }
            : cap is null ? decision with { Digest = decision.Id }
            : Suppress(decision, cap.Value);
    }

    // Last of all: whoever gets nothing here would have got it but for the arm or the side.
    private static NudgeDecision Conclude(NudgeDecision decision, CampaignArm arm) =>
        decision.Group switch
        {
            _ when !arm.Sends => decision with { Verdict = NudgeVerdict.Withheld, Reason = NudgeReason.ArmWithoutSend },
            AssignmentGroup.Holdout => decision with { Verdict = NudgeVerdict.WouldSend, Reason = NudgeReason.GlobalHoldout, Channel = arm.Channel },
            AssignmentGroup.Control => decision with { Verdict = NudgeVerdict.WouldSend, Reason = NudgeReason.Control, Channel = arm.Channel },
            _ => decision with { Verdict = NudgeVerdict.Sent, Template = arm.Template, Channel = arm.Channel },
        };

    private static NudgeReason? Ineligible(LearnerState state, GateQuestion question)
    {
        var (campaign, nowMs) = (question.Campaign, question.Moment.NowMs);
        if (!campaign.IsOpenAt(nowMs) || !campaign.Courses.Contains(question.Offer.Course))
        {
            return NudgeReason.CampaignClosed;
        }

        if (question.Enrolment is not { } enrolment || enrolment.Status is EnrolmentStatus.Prospect or EnrolmentStatus.Withdrawn)
        {
            return NudgeReason.NotEnrolled;
        }

        if (enrolment.Status == EnrolmentStatus.Completed)
        {
            return NudgeReason.Completed;
        }

        var standing = question.Standing;
        var facts = new AudienceFacts(
            enrolment.Status,
            standing.Probability,
            standing.Band,
            standing.Progress,
            enrolment.LastActivityAtMs == 0 ? enrolment.EnrolledAtMs : enrolment.LastActivityAtMs,
            enrolment.Derived.Lessons);
        if (!campaign.IsAskedFor(state.Preferences.ReminderMinute)
            && (!AudienceRules.Includes(campaign.Audience, facts, question.Course, nowMs) || standing.Gain < campaign.Audience.GainMin))
        {
            return NudgeReason.OutOfAudience;
        }

        return campaign.Goal switch
        {
            _ when question.Offer.IsDone => NudgeReason.AlreadyDone,
            CampaignGoal.CheckInToday when standing.CheckIns?.CheckedInToday == true => NudgeReason.AlreadyDone,
            CampaignGoal.ActiveSinceDue when enrolment.LastActivityAtMs >= question.Offer.DueAtMs => NudgeReason.AlreadyDone,
            _ => null,
        };
    }

    private static AssignmentGroup GroupOf(LearnerPreferences preferences, GateQuestion question, CampaignMembership? membership, AssignmentCluster cluster)
    {
        if (preferences.DeclinesExperiments)
        {
            return AssignmentGroup.None;
        }

        if (GlobalHoldout.Includes(question.Tenant, question.Learner, question.Moment.NowMs))
        {
            return AssignmentGroup.Holdout;
        }

        return membership?.IsAssigned == true ? membership.Group : ArmDraw.SideOf(question.Campaign, question.Tenant, question.Learner, cluster);
    }

    // With whom the learner is drawn; as sticky as the side.
    private static AssignmentCluster ClusterOf(GateQuestion question, CampaignMembership? membership) => question.Campaign.Unit switch
    {
        _ when membership?.IsAssigned == true => membership.Cluster,
        AssignmentUnit.Course => AssignmentCluster.OfCourse(question.Offer.Course),
        AssignmentUnit.QuestionCluster => question.Offer.Cluster,
        _ => AssignmentCluster.None,
    };

    private static long DeferredUntil(LearnerState state, NudgeDecision decision) => state.Nudges?.Find(decision.Id)?.Decision.RetryAtMs ?? 0;

    private static NudgeDecision Suppress(NudgeDecision decision, NudgeReason reason) => decision with { Verdict = NudgeVerdict.Suppressed, Reason = reason };

    private static NudgeDecision Defer(NudgeDecision decision, NudgeReason reason, long untilMs) =>
        decision with { Verdict = NudgeVerdict.Deferred, Reason = reason, RetryAtMs = untilMs };
}
