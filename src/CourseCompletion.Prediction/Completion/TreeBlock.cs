using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseCompletion.Prediction.Completion;

/// <summary>A run of trees laid out for scoring: feature by feature instead of path by path.</summary>
/// <remarks>
/// <para>
/// QuickScorer (Lucchese et al., SIGIR 2015). Each tree has a bit for every leaf, from left to right. A question whose answer is "right" rules out the leaves on its left,
/// whether or not the path leads past it; when all questions are answered, the leftmost bit left is the leaf that the path ends in. The questions about a feature stand by
/// rising threshold, so that they are read from first to last without a jump until one answers "left". Walking path by path takes twice as long: each step waits for the one before.
/// </para>
/// <para>Immutable, safe from any number of threads, allocates nothing.</para>
/// </remarks>
internal sealed class TreeBlock
{
    private const int LeavesInWord = 32;

    // Of the stack, 4 kB.
    private const int WordsMax = 1_024;

    private readonly Question[] _questions;
    private readonly Asked[] _asked;
    private readonly int[] _firstWords;
    private readonly int[] _firstLeaves;
    private readonly float[] _leaves;

    private TreeBlock(ReadOnlySpan<Tree> trees)
    {
        var (questions, leaves, firstLeaves) = (new List<Question>(), new List<float>(), new List<int>());
        _firstWords = new int[trees.Length];
        for (var i = 0; i < trees.Length; i++)
        {
            _firstWords[i] = firstLeaves.Count;
            var first = leaves.Count;
            Lay(trees[i], 0, first, _firstWords[i], questions, leaves);
            for (var leaf = first; leaf < leaves.Count; leaf += LeavesInWord)
            {
                firstLeaves.Add(leaf);
            }
        }

        (_leaves, _firstLeaves) = ([.. leaves], [.. firstLeaves]);
        _questions = [.. questions.OrderBy(question => question.Feature).ThenBy(question => question.Threshold)];
        var at = 0;
        _asked = [.. _questions.CountBy(question => question.Feature).Select(asked => new Asked(asked.Key, (at += asked.Value) - asked.Value, asked.Value))];
    }

    /// <summary>Lays trees out, in as many blocks as it takes; their order is kept.</summary>
    public static TreeBlock[] Lay(ReadOnlySpan<Tree> trees)
    {
        var blocks = new List<TreeBlock>();
        var (first, words) = (0, 0);
        for (var i = 0; i < trees.Length; i++)
        {
            var more = WordsOf(trees[i]);
            if (words + more > WordsMax)
            {
                blocks.Add(new(trees[first..i]));
                (first, words) = (i, 0);
            }

            words += more;
        }

        blocks.Add(new(trees[first..]));
        return [.. blocks];
    }

    /// <summary>Adds the leaves that a vector ends in to a sum, tree by tree.</summary>
    public double AddTo(double sum, ReadOnlySpan<float> features)
    {
        Span<uint> left = stackalloc uint[_firstLeaves.Length];
        left.Fill(uint.MaxValue);
        foreach (ref readonly var asked in _asked.AsSpan())
        {
            Answer(asked, features[asked.Feature], 0, left);
        }

        return AddLeavesTo(sum, left);
    }

    /// <summary>Adds to each sum the leaves of a vector whose last feature is the sum's index.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="features">The vector without its last feature.</param>
    public void AddTo(Span<double> sums, ReadOnlySpan<float> features)
    {
        Span<uint> left = stackalloc uint[_firstLeaves.Length];
        left.Fill(uint.MaxValue);
        var last = default(Asked);
        foreach (ref readonly var asked in _asked.AsSpan())
        {
            if (asked.Feature == features.Length)
            {
                last = asked;
                break;
            }

            Answer(asked, features[asked.Feature], 0, left);
        }

        // A greater index answers "right" to all that a smaller one does, and to some more.
        var answered = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            answered = Answer(last, i, answered, left);
            sums[i] = AddLeavesTo(sums[i], left);
        }
    }

    private static int WordsOf(Tree tree) => (((tree.Nodes.Length + 1) / 2) + LeavesInWord - 1) / LeavesInWord;

    // In pre-order, so that leaves are counted from left to right.
    private static void Lay(Tree tree, int at, int firstLeaf, int firstWord, List<Question> questions, List<float> leaves)
    {
        var node = tree.Nodes[at];
        if (node.IsLeaf)
        {
            leaves.Add(tree.Values[at]);
            return;
        }

        var from = leaves.Count - firstLeaf;
        Lay(tree, at + node.ToLeft, firstLeaf, firstWord, questions, leaves);
        var to = leaves.Count - firstLeaf;
        // The leaves on the left of a large tree's question may lie in several words: then it is asked once for each.
        for (var word = from / LeavesInWord; word * LeavesInWord < to; word++)
        {
            var ruledOut = 0u;
            for (var leaf = Math.Max(from, word * LeavesInWord); leaf < Math.Min(to, (word + 1) * LeavesInWord); leaf++)
            {
                ruledOut |= 1u << (leaf % LeavesInWord);
            }

            questions.Add(new(node.Threshold, ~ruledOut, (ushort)(firstWord + word), node.Feature));
        }

        Lay(tree, at + node.ToRight, firstLeaf, firstWord, questions, leaves);
    }

    private int Answer(in Asked asked, float feature, int from, Span<uint> left)
    {
        var questions = _questions.AsSpan(asked.First + from, asked.Count - from);
        var i = 0;
        for (; i < questions.Length && !(feature <= questions[i].Threshold); i++)
        {
            left[questions[i].Word] &= questions[i].LeavesLeft;
        }

        return from + i;
    }

    private double AddLeavesTo(double sum, ReadOnlySpan<uint> left)
    {
        foreach (var first in _firstWords)
        {
            var word = first;
            while (left[word] == 0)
            {
                word++;
            }

            sum += _leaves[_firstLeaves[word] + BitOperations.TrailingZeroCount(left[word])];
        }

        return sum;
    }

    // One node of a tree: above the threshold, only these leaves of its word are left.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Question(float Threshold, uint LeavesLeft, ushort Word, ushort Feature);

    // Where the questions about a feature stand.
    private readonly record struct Asked(ushort Feature, int First, int Count);
}
