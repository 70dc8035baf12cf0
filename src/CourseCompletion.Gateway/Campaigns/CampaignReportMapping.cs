using CourseCompletion.Grains.Abstractions.Campaigns;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Reports and dry runs on the wire.</summary>
internal static class CampaignReportMapping
{
    /// <summary>Writes a report.</summary>
    public static Wire.CampaignReport ToWire(CampaignReport report) => new()
    {
        CampaignId = report.Campaign,
        Version = report.Version,
        Status = (Wire.CampaignStatus)report.Status,
        EvaluatedAt = TimestampMapping.From(report.AsOfMs),
        Groups = { report.Groups.Select(ToWire) },
        Effects = { report.Effects.Select(ToWire) },
        Arms = { report.Arms.Select(arm => new Wire.CampaignArmResult { ArmId = arm.Arm, Decisions = arm.Decisions, ChosenShare = arm.ChosenShare, OtherShare = arm.OtherShare }) },
        Uplift = report.Uplift is { } uplift ? ToWire(uplift) : null,
        SampleRatioMismatch = report.SampleRatioMismatch,
        ControlShare = report.ControlShare,
        Eligible = report.Eligible,
        MinimumDetectableEffect = report.DetectableEffect,
    };

    /// <summary>Writes an entry of a dry run.</summary>
    public static Wire.DryRunNudge ToWire(DryRunEntry entry) => new()
    {
        CourseId = entry.Course,
        LearnerId = entry.Learner,
        Occurrence = entry.Occurrence,
        DueAt = TimestampMapping.From(entry.DueAtMs),
        Verdict = (Wire.NudgeVerdict)entry.Verdict,
        Reason = (Wire.NudgeReason)entry.Reason,
        DecidedAt = TimestampMapping.From(entry.SendAtMs),
        ArmId = entry.Arm,
    };

    private static Wire.CampaignUplift ToWire(CampaignUpliftView uplift)
    {
        var message = new Wire.CampaignUplift
        {
            Gate = (Wire.UpliftGate)((int)uplift.Gate + 1),
            Decisions = uplift.Decisions,
            GainOverSilence = uplift.OverSilence,
            GainOverSending = uplift.OverSending,
            Explanation = uplift.Explanation,
        };
        if (double.IsFinite(uplift.OverSilenceHalfWidth))
        {
            (message.GainOverSilenceHalfWidth, message.GainOverSendingHalfWidth) = (uplift.OverSilenceHalfWidth, uplift.OverSendingHalfWidth);
        }

        return message;
    }

    private static Wire.CampaignGroup ToWire(CampaignGroupView group) => new()
    {
        Group = (Wire.AssignmentGroup)group.Group,
        Learners = group.Learners,
        Triggered = group.Triggered,
        Sent = group.Sent,
        WouldSend = group.WouldSend,
        Withheld = group.Withheld,
        Suppressed = group.Suppressed,
        Displaced = group.Displaced,
        Missed = group.Missed,
        Opened = group.Opened,
        Dismissed = group.Dismissed,
        Acted = group.Acted,
    };

    private static Wire.PooledEffect ToWire(PooledEffectView pooled) => new()
    {
        Value = pooled.Value,
        Low = pooled.Low,
        High = pooled.High,
        Claim = (Wire.EffectClaim)((int)pooled.Claim + 1),
        Campaigns = pooled.Campaigns,
    };

    private static Wire.CampaignEffect ToWire(CampaignEffectView effect) => new()
    {
        Metric = (Wire.CampaignMetric)effect.Metric,
        Triggered = effect.IsTriggered,
        Value = effect.Value,
        Low = effect.Low,
        High = effect.High,
        TreatmentShare = effect.TreatmentShare,
        ControlShare = effect.ControlShare,
        TreatmentLearners = effect.TreatmentLearners,
        ControlLearners = effect.ControlLearners,
        Claim = (Wire.EffectClaim)((int)effect.Claim + 1),
        TreatmentClusters = effect.TreatmentClusters,
        ControlClusters = effect.ControlClusters,
        Pooled = effect.Pooled is { } pooled ? ToWire(pooled) : null,
    };
}
