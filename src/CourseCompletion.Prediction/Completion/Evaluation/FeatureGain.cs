using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How much of a model's answers comes from a feature.</summary>
/// <remarks>
/// The gain in the trees is, over all splits that ask for the feature, the mean square of the change from a node's value to that of the child which the row goes to: what the split takes off
/// the squared error of the tree. That in the linear part is the mean square of the feature's term (weight times standardised value). Each is given as a share of its part's total.
/// </remarks>
/// <param name="Feature">The feature's name.</param>
/// <param name="Trees">Its share of the trees' gain, 0 to 1.</param>
/// <param name="Linear">Its share of the linear part's, 0 to 1.</param>
public sealed record FeatureGain(string Feature, double Trees, double Linear)
{
    /// <summary>Measures a model of the completion features; those of the largest gain, over both parts, come first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows over which is averaged; none gives no gains.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static IReadOnlyList<FeatureGain> Of(AdditiveModel model, IEnumerable<float[]> rows, CancellationToken cancellationToken)
    {
        var trees = new double[CompletionFeatures.Count];
        var linear = new double[CompletionFeatures.Count];
        var terms = new double[CompletionFeatures.Count];
        var used = model.Linear.UsedFeatures();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var tree in model.Trees.Trees)
            {
                AddSquaredSteps(tree, row, trees);
            }

            Array.Clear(terms);
            model.Linear.Attribute(row, used, terms);
            for (var i = 0; i < linear.Length; i++)
            {
                linear[i] += terms[i] * terms[i];
            }
        }

        var (ofTrees, ofLinear) = (SharesOf(trees), SharesOf(linear));
        return [.. CompletionFeatures.Names.Select((name, i) => new FeatureGain(name, ofTrees[i], ofLinear[i])).Where(gain => gain.Trees + gain.Linear > 0)
            .OrderByDescending(gain => gain.Trees + gain.Linear).ThenBy(gain => gain.Feature, StringComparer.Ordinal)];
    }

    private static void AddSquaredSteps(Tree tree, float[] row, double[] squares)
    {
        var at = 0;
        while (tree.Nodes[at] is { IsLeaf: false } node)
        {
            var next = at + (row[node.Feature] <= node.Threshold ? node.ToLeft : node.ToRight);
            var step = (double)tree.Values[next] - tree.Values[at];
            squares[node.Feature] += step * step;
            at = next;
        }
    }

    private static double[] SharesOf(double[] gains) => gains.Sum() is var sum and > 0 ? [.. gains.Select(gain => gain / sum)] : gains;
}
