using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>Looks daily at campaigns with a planted effect and at as many without, and counts what their reports get wrong.</summary>
internal static class CoverageEvaluation
{
    /// <summary>Runs them.</summary>
    public static CoverageResult Run(ulong seed, int campaigns, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        int covered = 0, triggeredCovered = 0, shown = 0, positive = 0, negative = 0, alarms = 0;
        double halfWidth = 0, explained = 0;
        for (var campaign = 0; campaign < campaigns; campaign++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new TrainingProgress("daily looks at campaigns", campaign, campaigns));
            var planted = new PeekedCampaign(seed, campaign, hasEffect: true);
            var looks = planted.Looks().ToList();
            covered += looks.All(look => Covers(look.Assigned, planted.AssignedTruth)) ? 1 : 0;
            triggeredCovered += looks.All(look => Covers(look.Triggered, planted.TriggeredTruth)) ? 1 : 0;
            shown += looks[^1].Assigned.Claim == (planted.AssignedTruth > 0 ? EffectClaim.Helps : EffectClaim.Harms) ? 1 : 0;
            halfWidth += (looks[^1].Assigned.High - looks[^1].Assigned.Low) / 2;
            explained += looks[^1].Assigned.VarianceExplained;
            var idle = new PeekedCampaign(seed, campaign, hasEffect: false).Looks().ToList();
            positive += idle.Any(look => look.Assigned.Claim == EffectClaim.Helps) ? 1 : 0;
            negative += idle.Any(look => look.Assigned.Claim == EffectClaim.Harms) ? 1 : 0;
            alarms += looks.Concat(idle).Count(look => look.IsMismatch);
        }

        return new(
            campaigns, PeekedCampaign.Days, covered, triggeredCovered, shown, positive, negative, alarms, halfWidth / campaigns, explained / campaigns);
    }

    private static bool Covers(EffectEstimate estimate, double truth) => estimate.Low <= truth && truth <= estimate.High;
}
