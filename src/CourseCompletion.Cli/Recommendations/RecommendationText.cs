using System.Globalization;
using System.Text;
using CourseCompletion.Prediction.Completion.Evaluation;
using CourseCompletion.Prediction.Recommendations.OffPolicy;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>An evaluation of recommenders as a table on the console.</summary>
internal static class RecommendationText
{
    /// <summary>The table of what policies would have brought.</summary>
    public static string TableOf(LogReport report, int rewardDays)
    {
        var text = new StringBuilder();
        text.Append($"{report.Places:N0} places that were shown; the reward is the share of them whose course was taken within {rewardDays} days, with 95 % intervals\n");
        if (report.Immature > 0)
        {
            text.Append($"{report.Immature:N0} more were shown too late to know what came of them\n");
        }

        text.Append("policy                   matched  effective  snips                    doubly robust\n");
        text.Append($"{"logged",-23} {report.Places,8:N0} {report.Places,10:N0}  {Of(report.Policies[0].Logged)}\n");
        foreach (var policy in report.Policies)
        {
            text.Append($"{policy.Policy,-23} {policy.Matched,8:N0} {policy.EffectiveSize,10:N0}  {Of(policy.Snips),-23}  {Of(policy.DoublyRobust)}\n");
        }

        return text.ToString();
    }

    private static string Of(Estimate estimate) =>
        double.IsNaN(estimate.Value) ? "not known" : string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:F4} ({estimate.Low:F4}-{estimate.High:F4})");

    /// <summary>The table.</summary>
    public static string TableOf(RecommendationSummary summary)
    {
        var holdOut = summary.HoldOut;
        var text = new StringBuilder();
        text.Append($"{summary.Protocol}: {holdOut.TestedCount:N0} learners tested, all {holdOut.Train.Items.Count:N0} items ranked but a learner's own, {summary.Elapsed.TotalSeconds:F0} s\n");
        if (holdOut.UnknownCount + holdOut.Strangers > 0)
        {
            text.Append($"{holdOut.UnknownCount:N0} held-out items that nobody took before count as missed; {holdOut.Strangers:N0} learners without history are left out\n");
        }

        text.Append("recommender              ndcg10  recall10  coverage  popularity  lift\n");
        foreach (var report in summary.Reports)
        {
            text.Append($"{report.Name,-23} {report.Ndcg,7:F4} {report.Recall,9:F4} {report.Coverage,9:F4} {report.Popularity,11:F4} {report.PopularityLift,5:F2}\n");
        }

        return text.ToString();
    }
}
