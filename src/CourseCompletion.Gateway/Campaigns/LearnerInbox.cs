using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>A learner's preferences, inbox and decisions, for the learner service.</summary>
internal static class LearnerInbox
{
    private const int LimitDefault = 50;
    private const int LimitMax = 100;

    public static async Task<Wire.LearnerPreferences> SetPreferencesAsync(ILearnerGrain learner, Wire.LearnerPreferences? preferences, ServerCallContext context)
    {
        if (preferences is null)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "preferences", "Set preferences: they are required here."));
        }

        var outcome = await learner.SetPreferencesAsync(NudgeMapping.Read(preferences)).ForAsync(context).ConfigureAwait(false);
        return outcome.Preferences is { } stored ? NudgeMapping.ToWire(stored) : throw GatewayErrors.Invalid(outcome.Faults);
    }

    public static async Task<IEnumerable<Wire.Nudge>> ListAsync(ILearnerGrain learner, int limit, ServerCallContext context)
    {
        if (limit is < 0 or > LimitMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "limit", $"Send 0 to {LimitMax}."));
        }

        var nudges = await learner.ListNudgesAsync(new(null, null, SentOnly: true, limit == 0 ? LimitDefault : limit)).ForAsync(context).ConfigureAwait(false);
        return nudges.Select(NudgeMapping.ToWire);
    }

    /// <summary>A nudge that was sent.</summary>
    public static async Task<NudgeView> FindAsync(ILearnerGrain learner, string nudgeId, ServerCallContext context)
    {
        if (LearnerEventRules.CheckId(nudgeId, "nudge_id", required: true) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var found = await learner.ListNudgesAsync(new(null, nudgeId, SentOnly: true, 1)).ForAsync(context).ConfigureAwait(false);
        return found.Length > 0 ? found[0] : throw GatewayErrors.NotFound("nudge", nudgeId);
    }

    public static async Task<IEnumerable<Wire.NudgeExplanation>> ExplainAsync(ILearnerGrain learner, Wire.ExplainNudgeRequest request, ServerCallContext context)
    {
        if ((LearnerEventRules.CheckId(request.CampaignId, "campaign_id", required: false) ?? LearnerEventRules.CheckId(request.NudgeId, "nudge_id", required: false)) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var query = new NudgeQuery(
            request.CampaignId.Length == 0 ? null : request.CampaignId, request.NudgeId.Length == 0 ? null : request.NudgeId, SentOnly: false, LimitMax);
        var decisions = await learner.ListNudgesAsync(query).ForAsync(context).ConfigureAwait(false);
        return decisions.Select(decision => new Wire.NudgeExplanation { Nudge = NudgeMapping.ToWire(decision), Group = (Wire.AssignmentGroup)decision.Group });
    }
}
