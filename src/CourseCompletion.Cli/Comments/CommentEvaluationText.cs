using System.Text;

namespace CourseCompletion.Cli.Comments;

/// <summary>An evaluation of comments as a table.</summary>
internal static class CommentEvaluationText
{
    public static string TableOf(CommentSummary summary)
    {
        var report = summary.Report;
        var text = new StringBuilder();
        text.Append($"{summary.Protocol}; {summary.LeftOut:N0} repeats left out; {summary.Elapsed.TotalSeconds:F0} s\n");
        text.Append("             n positive accuracy    auc macro_f1    ece (95 % interval)  us/comment\n");
        text.Append($"read   {report.Count,7} {(double)report.Positives / report.Count,8:F3} {report.Accuracy,8:F4} {report.Auc,6:F4} {report.MacroF1,8:F4} {report.Ece.Value,6:F4} ({report.Ece.Low,7:F4} {report.Ece.High,7:F4}) {report.MicrosecondsPerComment,11:F1}\n");
        if (report.Vader is { } vader)
        {
            text.Append($"VADER  {report.Count,7} {"",8} {vader.Accuracy,8:F4} {vader.Auc,6:F4} {vader.MacroF1,8:F4}   says nothing of {vader.Silent:N0}, counted as the label that fits more of them\n");
        }

        if (summary.SecondOpinion is { } second)
        {
            text.Append($"second {second.Asked,7} {"",8} {second.Accuracy,8:F4} {second.Auc,6:F4}            asked where unsure: {second.SecondAccuracy:F4} of them right, {second.FirstAccuracy:F4} before; {second.MillisecondsPerComment:F1} ms/comment\n");
        }

        return text.ToString();
    }
}
