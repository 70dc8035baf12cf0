using System.Text;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>An evaluation of recommenders as a table on the console.</summary>
internal static class RecommendationText
{
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
