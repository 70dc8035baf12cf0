using System.Globalization;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Learners;

/// <summary>The decide step of one append for all that is about nudges: folds it into the state and collects what the frame says of it.</summary>
internal sealed class NudgeRecorder(GatePolicy policy, BandPolicy bands)
{
    private readonly List<NudgeDecision> _decisions = [];
    private readonly List<NudgeDeliveryChange> _deliveries = [];
    private LearnerPreferences? _preferences;

    /// <summary>Whether there is something for the frame.</summary>
    public bool HasAny => _preferences is not null || _deliveries.Count > 0 || _decisions.Count > 0;

    /// <summary>What the frame says; none of it changes later.</summary>
    public FrameNudges Taken => HasAny ? new(_preferences, [.. _deliveries], [.. _decisions]) : FrameNudges.None;

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        _decisions.Clear();
        _deliveries.Clear();
        _preferences = null;
    }

    /// <summary>Replaces the preferences; of several in one append only the last may come here.</summary>
    public void Prefer(LearnerState state, LearnerPreferences preferences, long nowMs)
    {
        if (preferences != state.Preferences)
        {
            _preferences = preferences;
            state.Prefer(preferences, nowMs);
        }
    }

    /// <summary>Notes where a delivery stands.</summary>
    public void Note(LearnerState state, NudgeDeliveryChange change, long nowMs)
    {
        if (change.Fold(state, state.Sequence + 1, nowMs))
        {
            _deliveries.Add(change);
        }
    }

    /// <summary>What would be decided about occurrences one after the other, had each been due at its time and nothing happened until then; nothing is remembered.</summary>
    public List<NudgeDecision> Preview(LearnerState state, LearnerKey learner, CourseEntry course, CampaignDefinition campaign, CampaignLearned learned, IEnumerable<NudgeOffer> offers, TenantModel model)
    {
        var decisions = new List<NudgeDecision>();
        var kept = state.Nudges;
        state.Nudges = kept?.Copy();
        try
        {
            foreach (var offer in offers)
            {
                var input = new OfferInput(offer, campaign, learned) { Course = course };
                Decide(state, learner, input, model, offer.DueAtMs);
                if (input.Decision is { Verdict: NudgeVerdict.Deferred } deferred)
                {
                    input = new OfferInput(offer, campaign, learned) { Course = course };
                    Decide(state, learner, input, model, deferred.RetryAtMs);
                }

                if (input is { Decision: { } decision, IsRepeat: false })
                {
                    decisions.Add(decision);
                }
            }
        }
        finally
        {
            state.Nudges = kept;
            Clear();
        }

        return decisions;
    }

    /// <summary>Decides an offer to a learner who is known, about a course that is.</summary>
    public void Decide(LearnerState state, LearnerKey learner, OfferInput input, TenantModel model, long nowMs)
    {
        if (state.EventCount == 0 || input.Course?.Definition is not { } course)
        {
            return;
        }

        var offer = input.Offer;
        if (state.Nudges?.Find(NudgeIds.Of(learner.Tenant, learner.Learner, offer.Campaign, offer.Occurrence)) is { Decision: { Verdict: NudgeVerdict.Deferred } putOff })
        {
            input.WantedAtMs = putOff.RetryAtMs;
        }

        var enrolment = state.FindEnrolment(offer.Course);
        var clock = state.ClockIn(course);
        var quiet = new QuietHours(state.Preferences.QuietFromMinute, state.Preferences.QuietToMinute);
        var moment = new LocalMoment(nowMs, clock.DayOf(nowMs), quiet.Includes(clock, nowMs) ? quiet.EndAfter(clock, nowMs) : 0);
        var standing = enrolment is null ? default : StandingOf(state, enrolment, course, model.For(offer.Course), input, moment, clock);
        var decision = NudgeGateRules.Decide(
            state, new(learner.Tenant, learner.Learner, offer, input.Campaign, course, moment, enrolment, input.Learned, standing), policy);
        if (decision is null)
        {
            input.IsRepeat = true;
            input.Decision = state.Nudges?.Find(NudgeIds.Of(learner.Tenant, learner.Learner, offer.Campaign, offer.Occurrence))?.Decision;
            return;
        }

        decision = decision.Verdict switch
        {
            NudgeVerdict.Sent => decision with { Variables = [.. VariablesOf(enrolment!, standing, input.Campaign.CheckIn, nowMs), .. offer.Variables.Select(pair => Local(pair, offer, clock))] },
            NudgeVerdict.Deferred => decision with { Variables = offer.Variables },
            _ => decision,
        };

        NudgeRules.Remember(state, decision, state.Sequence + 1, policy);
        _decisions.Add(decision);
        input.Decision = decision;
    }

    private GateStanding StandingOf(
        LearnerState state, EnrolmentState enrolment, CourseDefinition course, ICompletionPredictor predictor, OfferInput input, in LocalMoment moment, LearnerClock clock)
    {
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        var asOfMs = Math.Max(moment.NowMs, state.LastEventAtMs);
        var conclusion = CompletionRules.Conclude(state, enrolment, course, predictor, asOfMs, vector);
        var gain = input.Campaign.Audience.GainMin > 0 && enrolment.Status == EnrolmentStatus.Active
            ? Math.Max(0, CompletionRules.AfterReturning(vector, predictor) - conclusion.Probability)
            : 0;
        return new(
            conclusion.Probability,
            CompletionRules.BandOf(enrolment, conclusion, course, predictor, bands, asOfMs),
            vector[FeatureIndex.Progress],
            gain,
            input.Campaign.CheckIn is { } plan ? StreakRules.StandingAt(enrolment.CheckIns, plan, clock, moment.NowMs) : null);
    }

    // What of the texts' variables changes with time, as it is at the decision.
    private static IEnumerable<KeyValuePair<TemplateVariable, string>> VariablesOf(EnrolmentState enrolment, GateStanding standing, CheckInPlan? plan, long nowMs)
    {
        var newestMs = enrolment.LastActivityAtMs == 0 ? enrolment.EnrolledAtMs : enrolment.LastActivityAtMs;
        yield return Of(TemplateVariable.DaysSilent, Math.Max(0, nowMs - newestMs) / LearnerTime.DayMs);
        yield return Of(TemplateVariable.ProgressPercent, (long)Math.Floor(standing.Progress * 100));
        if (standing.CheckIns is { } checkIns && plan is not null)
        {
            yield return Of(TemplateVariable.Streak, checkIns.CurrentStreak);
            yield return Of(TemplateVariable.LongestStreak, checkIns.LongestStreak);
            yield return Of(TemplateVariable.DaysThisWeek, checkIns.DaysThisWeek);
            yield return Of(TemplateVariable.WeeklyGoal, plan.GoalDays);
        }
    }

    // A session's beginning is offered as an instant: only the learner's own clock says what time that is.
    private static KeyValuePair<TemplateVariable, string> Local(KeyValuePair<TemplateVariable, string> pair, NudgeOffer offer, LearnerClock clock) =>
        pair.Key == TemplateVariable.SessionTime && offer.UselessFromMs is { } atMs
            ? new(pair.Key, clock.WallTimeOf(atMs).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))
            : pair;

    private static KeyValuePair<TemplateVariable, string> Of(TemplateVariable variable, long value) =>
        new(variable, value.ToString(CultureInfo.InvariantCulture));
}
