using System.Text;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Cli.Completion;

/// <summary>What the features of a model gain, in Markdown.</summary>
internal static class GainText
{
    /// <summary>The chapter of a report; empty without gains.</summary>
    public static string ChapterOf(IReadOnlyList<FeatureGain> gains)
    {
        if (gains.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        text.Append("\n## Gain by feature\n\nOf the model itself, over the rows that it learned from. In the trees: over all splits on the feature, the mean square of the change from a node's value to its child's, ")
            .Append("which is what the split takes off the squared error. In the linear part: the mean square of the feature's term, weight times standardised value. Each as a share of its part's total.\n\n")
            .Append("| Feature | Trees | Linear part |\n| --- | --- | --- |\n");
        foreach (var gain in gains)
        {
            text.Append($"| `{gain.Feature}` | {gain.Trees:P1} | {gain.Linear:P1} |\n");
        }

        return text.ToString();
    }
}
