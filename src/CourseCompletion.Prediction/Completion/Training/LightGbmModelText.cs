using System.Globalization;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Reads LightGBM's text form of a model.</summary>
/// <remarks>Numeric features without missing values only: that is what <see cref="BoostingOptions"/> asks for.</remarks>
internal static class LightGbmModelText
{
    /// <summary>Reads the trees.</summary>
    /// <exception cref="FormatException">The text is not such a model.</exception>
    public static TreeEnsemble Parse(string text)
    {
        var featureCount = 0;
        var trees = new List<Tree>();
        Dictionary<string, string>? open = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            var key = equals < 0 ? line : line[..equals];
            if (key is "max_feature_idx")
            {
                featureCount = int.Parse(line[(equals + 1)..], CultureInfo.InvariantCulture) + 1;
            }
            else if (key is "Tree" or "end of trees")
            {
                if (open is not null)
                {
                    trees.Add(ToTree(open));
                }

                open = key is "Tree" ? new(StringComparer.Ordinal) : null;
            }
            else if (equals > 0 && open is not null)
            {
                open[key.ToString()] = line[(equals + 1)..].ToString();
            }
        }

        return featureCount > 0 ? new(featureCount, trees) : throw new FormatException("The text is no LightGBM model: it has no max_feature_idx.");
    }

    private static Tree ToTree(Dictionary<string, string> of)
    {
        var leaves = new Leaves(Numbers(of, "leaf_value"), Numbers(of, "leaf_weight"));
        if (leaves.Values.Length == 1)
        {
            return new([default], [(float)leaves.Values[0]]);
        }

        var splits = new Splits(Integers(of, "split_feature"), Numbers(of, "threshold"), Integers(of, "left_child"), Integers(of, "right_child"));
        if (Integers(of, "decision_type").Any(type => (type & 1) != 0))
        {
            throw new FormatException("The model asks for categories; only numeric features are read.");
        }

        var nodes = new TreeNode[(2 * leaves.Values.Length) - 1];
        var values = new float[nodes.Length];
        var used = 0;
        Append(splits, leaves, 0, nodes, values, ref used);
        return new(nodes, values);
    }

    // Returns the value and the weight of what was appended. A child below 0 is the leaf of its complement.
    private static (double Value, double Weight) Append(Splits splits, Leaves leaves, int child, TreeNode[] nodes, float[] values, ref int used)
    {
        var at = used++;
        if (child < 0)
        {
            values[at] = (float)leaves.Values[~child];
            return (leaves.Values[~child], Math.Max(double.Epsilon, leaves.Weights[~child]));
        }

        var (leftValue, leftWeight) = Append(splits, leaves, splits.Left[child], nodes, values, ref used);
        var right = used - at;
        var (rightValue, rightWeight) = Append(splits, leaves, splits.Right[child], nodes, values, ref used);
        nodes[at] = new(RoundDown(splits.Thresholds[child]), (ushort)splits.Features[child], 1, checked((byte)right));
        var weight = leftWeight + rightWeight;
        var value = ((leftValue * leftWeight) + (rightValue * rightWeight)) / weight;
        values[at] = (float)value;
        return (value, weight);
    }

    // The largest float not above a threshold: a feature, being a float, is at most the one exactly when it is at most the other.
    private static float RoundDown(double threshold)
    {
        var rounded = (float)threshold;
        return rounded > threshold ? MathF.BitDecrement(rounded) : rounded;
    }

    private static double[] Numbers(Dictionary<string, string> of, string key) =>
        of.TryGetValue(key, out var text) ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))] : [];

    private static int[] Integers(Dictionary<string, string> of, string key) => [.. Numbers(of, key).Select(n => (int)n)];

    private sealed record Splits(int[] Features, double[] Thresholds, int[] Left, int[] Right);

    private sealed record Leaves(double[] Values, double[] Weights);
}
