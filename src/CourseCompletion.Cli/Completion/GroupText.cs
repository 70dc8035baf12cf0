using System.Text;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>The groups of an evaluation in text: for the console, and in Markdown.</summary>
internal static class GroupText
{
    /// <summary>The table; empty without groups.</summary>
    public static string TableOf(IReadOnlyList<CutoffReport> cutoffs)
    {
        var text = new StringBuilder();
        foreach (var column in ColumnsOf(cutoffs))
        {
            text.Append($"\nby {column}\ncutoff      n    pos   base  mean_p  label-p (95 % interval)      ece (95 % interval)     auc  {column}\n");
            foreach (var (cutoff, group) in RowsOf(cutoffs, column))
            {
                text.Append($"{cutoff,6} {group.Count,6} {group.Positives,6} {group.BaseRate,6:F3} {group.MeanProbability,7:F3} ")
                    .Append($"{group.InTheLarge.Value,8:F3} ({group.InTheLarge.Low,6:F3} {group.InTheLarge.High,6:F3}) ")
                    .Append($"{group.Ece.Value,8:F4} ({group.Ece.Low,7:F4} {group.Ece.High,7:F4}) {Auc(group),6}  {group.Value}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The chapter of a report; empty without groups.</summary>
    public static string ChapterOf(IReadOnlyList<CutoffReport> cutoffs)
    {
        var text = new StringBuilder();
        foreach (var column in ColumnsOf(cutoffs))
        {
            text.Append($"\n## Groups by `{column}`\n\nNo feature of the model. Groups of fewer than {GroupReport.RowsMin} rows stand together.\n\n")
                .Append("| Cut-off | Group | Rows | Positives | Base rate | Mean probability | Label minus probability (95 %) | ECE, debiased (95 %) | AUC |\n")
                .Append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
            foreach (var (cutoff, group) in RowsOf(cutoffs, column))
            {
                text.Append($"| {cutoff} | {group.Value.Replace("|", "\\|", StringComparison.Ordinal)} | {group.Count:N0} | {group.Positives:N0} | {group.BaseRate:F3} | {group.MeanProbability:F3} ")
                    .Append($"| {group.InTheLarge.Value:F3} ({group.InTheLarge.Low:F3} to {group.InTheLarge.High:F3}) | {group.Ece.Value:F4} ({group.Ece.Low:F4} to {group.Ece.High:F4}) | {Auc(group)} |\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> ColumnsOf(IReadOnlyList<CutoffReport> cutoffs) => cutoffs.SelectMany(at => at.Groups).Select(group => group.Column).Distinct();

    private static IEnumerable<(int Cutoff, GroupReport Group)> RowsOf(IReadOnlyList<CutoffReport> cutoffs, string column) =>
        cutoffs.SelectMany(at => at.Groups.Where(group => group.Column == column).Select(group => (at.Cutoff, group)));

    private static string Auc(GroupReport group) => double.IsFinite(group.Auc) ? $"{group.Auc:F4}" : "-";
}
