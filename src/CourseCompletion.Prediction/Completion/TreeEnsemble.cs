using System.Runtime.InteropServices;

namespace CourseCompletion.Prediction.Completion;

/// <summary>A sum of decision trees over a vector of floats, kept in flat arrays: what gradient boosting learns.</summary>
/// <remarks>
/// <para>
/// Immutable, safe from any number of threads, and scoring allocates nothing. Nodes stand in pre-order, tree after tree. A node goes left when its feature is at most its
/// threshold. Every node has a value: a leaf's is what the tree adds to the sum, an inner node's the mean of the leaves below it by the training weight that ended there.
/// </para>
/// <para>
/// Attribution follows the path (Saabas 2014): on each step from a node to its child the change of value is put down to the feature that was asked. Contributions and the
/// <see cref="Bias"/> add up to the sum.
/// </para>
/// </remarks>
public sealed class TreeEnsemble
{
    /// <summary>How many features a node can name.</summary>
    public const int FeaturesMax = ushort.MaxValue;

    /// <summary>How many nodes a tree may have, so that the way to a child fits a byte.</summary>
    public const int TreeNodesMax = byte.MaxValue;

    private readonly TreeNode[] _nodes;
    private readonly float[] _values;
    private readonly int[] _roots;
    private readonly TreeBlock[] _blocks;

    /// <summary>Makes an ensemble of trees.</summary>
    /// <param name="featureCount">How many features the vector has.</param>
    /// <param name="trees">The trees.</param>
    /// <exception cref="ArgumentException">A tree is not well-formed; the message says why.</exception>
    public TreeEnsemble(int featureCount, IReadOnlyList<Tree> trees)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(featureCount, FeaturesMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(featureCount);
        FeatureCount = featureCount;
        // The order in which leaves are added up: the last bits of a score hang on it, so it stays as it is.
        Trees = [.. trees.OrderBy(tree => tree.Depth)];
        _nodes = new TreeNode[Trees.Sum(tree => tree.Nodes.Length)];
        _values = new float[_nodes.Length];
        _roots = new int[Trees.Count];
        var at = 0;
        for (var i = 0; i < Trees.Count; i++)
        {
            var tree = Trees[i];
            tree.Check(featureCount);
            tree.Nodes.CopyTo(_nodes, at);
            tree.Values.CopyTo(_values, at);
            _roots[i] = at;
            Bias += tree.Values[0];
            at += tree.Nodes.Length;
        }

        _blocks = TreeBlock.Lay([.. Trees]);
    }

    /// <summary>How many features the vector has.</summary>
    public int FeatureCount { get; }

    /// <summary>The trees, the shallowest first.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>The sum before anything is asked: of the roots' values.</summary>
    public double Bias { get; }

    /// <summary>The sum of the leaves that a vector ends in.</summary>
    /// <param name="features">The vector, no NaN in it.</param>
    /// <exception cref="ArgumentException">The vector is shorter than <see cref="FeatureCount"/>.</exception>
    public double Sum(ReadOnlySpan<float> features)
    {
        RequireLength(features, FeatureCount);
        var sum = 0.0;
        foreach (var block in _blocks)
        {
            sum = block.AddTo(sum, features);
        }

        return sum;
    }

    /// <summary>The ensemble whose sum is so many times this one's.</summary>
    public TreeEnsemble Times(float factor) =>
        new(FeatureCount, [.. Trees.Select(tree => tree with { Values = [.. tree.Values.Select(value => value * factor)] })]);

    /// <summary>The sums of as many vectors, which differ only in their last feature: it is the sum's index.</summary>
    /// <remarks>Each is what <see cref="Sum"/> gives, bit for bit, at a fraction of what so many cost one by one.</remarks>
    /// <param name="features">The vector, no NaN in it; the last feature may be missing.</param>
    /// <param name="sums">Where the sums go.</param>
    /// <exception cref="ArgumentException">The vector is shorter than <see cref="FeatureCount"/> less one.</exception>
    public void SumAlongLast(ReadOnlySpan<float> features, Span<double> sums)
    {
        RequireLength(features, FeatureCount - 1);
        sums.Clear();
        foreach (var block in _blocks)
        {
            block.AddTo(sums, features[..(FeatureCount - 1)]);
        }
    }

    /// <summary>The same sum, with what each feature contributed to it.</summary>
    /// <param name="features">The vector, no NaN in it.</param>
    /// <param name="contributions">Where each feature's contribution is added; clear it first. Together with <see cref="Bias"/> they are the sum.</param>
    /// <returns>The sum.</returns>
    public double Attribute(ReadOnlySpan<float> features, Span<double> contributions)
    {
        RequireLength(features, FeatureCount);
        RequireLength(contributions, FeatureCount);
        ReadOnlySpan<TreeNode> nodes = _nodes;
        ReadOnlySpan<float> values = _values;
        var sum = 0.0;
        foreach (var root in _roots)
        {
            var at = root;
            while (!nodes[at].IsLeaf)
            {
                ref readonly var node = ref nodes[at];
                var next = at + (features[node.Feature] <= node.Threshold ? node.ToLeft : node.ToRight);
                contributions[node.Feature] += (double)values[next] - values[at];
                at = next;
            }

            sum += values[at];
        }

        return sum;
    }

    private static void RequireLength<T>(ReadOnlySpan<T> vector, int length)
    {
        if (vector.Length < length)
        {
            throw new ArgumentException($"The vector has {vector.Length} entries; the model needs {length}.", nameof(vector));
        }
    }
}

/// <summary>One node of a tree: 8 bytes, so that many trees stay in the processor's cache.</summary>
/// <param name="Threshold">Up to this value of the feature it goes left.</param>
/// <param name="Feature">Which feature is asked.</param>
/// <param name="ToLeft">How many nodes further the left child stands; 0 for a leaf.</param>
/// <param name="ToRight">How many nodes further the right child stands; 0 for a leaf.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public readonly record struct TreeNode(float Threshold, ushort Feature, byte ToLeft, byte ToRight)
{
    /// <summary>Whether nothing is asked here.</summary>
    public bool IsLeaf => ToLeft == 0;
}

/// <summary>One tree: nodes in pre-order, and a value for each.</summary>
/// <param name="Nodes">The nodes; the first is the root.</param>
/// <param name="Values">The value of each node.</param>
public sealed record Tree(TreeNode[] Nodes, float[] Values)
{
    /// <summary>How many questions at most lead to a leaf.</summary>
    public int Depth { get; } = DepthOf(Nodes);

    /// <summary>Checks that every path ends in a leaf and that numbers are in range.</summary>
    /// <exception cref="ArgumentException">It is not so.</exception>
    public void Check(int featureCount)
    {
        if (Nodes.Length is 0 or > TreeEnsemble.TreeNodesMax || Values.Length != Nodes.Length)
        {
            throw new ArgumentException($"A tree has {Nodes.Length} nodes and {Values.Length} values; 1 to {TreeEnsemble.TreeNodesMax} of each are possible.");
        }

        var parents = new byte[Nodes.Length];
        for (var i = 0; i < Nodes.Length; i++)
        {
            var node = Nodes[i];
            // Children stand behind their parent, so no path can return.
            var isWhole = node.IsLeaf ? node.ToRight == 0 : node.ToRight > node.ToLeft && i + node.ToRight < Nodes.Length;
            if (!isWhole || node.Feature >= featureCount || float.IsNaN(node.Threshold) || !float.IsFinite(Values[i]) || parents[i] != (i == 0 ? 0 : 1))
            {
                throw new ArgumentException($"Node {i} of a tree is not well-formed: {node} with value {Values[i]}.");
            }

            if (!node.IsLeaf)
            {
                parents[i + node.ToLeft]++;
                parents[i + node.ToRight]++;
            }
        }
    }

    // In one pass, because children stand behind their parent; what points beyond the end is left to Check.
    private static int DepthOf(TreeNode[] nodes)
    {
        var depths = new int[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var step in new[] { nodes[i].ToLeft, nodes[i].ToRight })
            {
                if (step > 0 && i + step < nodes.Length)
                {
                    depths[i + step] = depths[i] + 1;
                }
            }
        }

        return depths.DefaultIfEmpty().Max();
    }
}
