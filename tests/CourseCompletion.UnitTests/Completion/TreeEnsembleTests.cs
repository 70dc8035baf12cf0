using CourseCompletion.Prediction.Completion;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class TreeEnsembleTests
{
    private const int Width = 6;

    // feature 1 <= 0.5 ? (feature 0 <= -1 ? 1 : 2) : -4
    private static readonly Tree _small = new([new(0.5f, 1, 1, 4), new(-1, 0, 1, 2), default, default, default], [-1, 1.5f, 1, 2, -4]);

    private static readonly Gen<TreeEnsemble> _ensemble = TreeGen(4).Array[0, 23].Select(trees => new TreeEnsemble(Width, trees));

    private static readonly Gen<float[]> _vector = Gen.Float[-2, 2].Array[Width];

    [Theory]
    [InlineData(-1, 0.5, 1)]
    [InlineData(-0.99, 0.5, 2)]
    [InlineData(-1, 0.51, -4)]
    public void Sum_OneTree_IsTheLeafOfThePath(float first, float second, double expected) =>
        Assert.Equal(expected, new TreeEnsemble(2, [_small]).Sum([first, second]));

    [Fact]
    public void Sum_AnyTrees_IsThatOfWalkingEachAlone() => Gen.Select(_ensemble, _vector).Sample((ensemble, vector) =>
        Assert.Equal(SumOfWalks(ensemble, vector), ensemble.Sum(vector)));

    // 128 leaves take four words, and 300 such trees more than a block.
    [Fact]
    public void Sum_LargeTrees_IsThatOfWalkingEachAlone()
    {
        var chance = new Random(1);
        var ensemble = new TreeEnsemble(Width, [.. Enumerable.Range(0, 300).Select(_ => FullTree(chance))]);
        for (var i = 0; i < 100; i++)
        {
            float[] vector = [.. Enumerable.Range(0, Width).Select(_ => (4 * chance.NextSingle()) - 2)];
            Assert.Equal(SumOfWalks(ensemble, vector), ensemble.Sum(vector));
        }
    }

    [Fact]
    public void Sum_FeatureAtTheThreshold_GoesLeft() => Gen.Select(_ensemble, _vector).Sample((ensemble, vector) =>
    {
        foreach (var node in ensemble.Trees.SelectMany(tree => tree.Nodes).Where(node => !node.IsLeaf))
        {
            vector[node.Feature] = node.Threshold;
            Assert.Equal(SumOfWalks(ensemble, vector), ensemble.Sum(vector));
        }
    });

    [Fact]
    public void SumAlongLast_AnyTrees_IsEachSumBitForBit() => Gen.Select(_ensemble, _vector, Gen.Int[0, 26]).Sample((ensemble, vector, count) =>
    {
        var sums = Enumerable.Repeat(7.0, count).ToArray();

        ensemble.SumAlongLast(vector.AsSpan(0, Width - 1), sums);

        Assert.Equal(Enumerable.Range(0, count).Select(last => ensemble.Sum([.. vector[..^1], last])), sums);
    });

    [Fact]
    public void Attribute_AnyTrees_AddsUpToTheSum() => Gen.Select(_ensemble, _vector).Sample((ensemble, vector) =>
    {
        var contributions = new double[Width];

        var sum = ensemble.Attribute(vector, contributions);

        Assert.Equal(ensemble.Sum(vector), sum, 1e-9);
        Assert.Equal(sum, ensemble.Bias + contributions.Sum(), 1e-9);
    });

    [Fact]
    public void Attribute_OneTree_PutsEachStepDownToItsFeature()
    {
        var contributions = new double[2];

        new TreeEnsemble(2, [_small]).Attribute([-2, 0], contributions);

        Assert.Equal([-0.5, 2.5], contributions);
    }

    [Fact]
    public void Sum_EightThreadsAtOnce_GivesEachItsOwn()
    {
        var ensemble = new TreeEnsemble(2, [_small, _small, _small, _small, _small]);
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                Assert.Equal(thread % 2 == 0 ? 5 : -20, ensemble.Sum([-1, thread % 2]));
            }
        });
    }

    [Fact]
    public void Sum_Scoring_AllocatesNothing()
    {
        var ensemble = new TreeEnsemble(2, [_small, _small, _small, _small, _small]);
        ReadOnlySpan<float> vector = [0, 0];
        var sum = ensemble.Sum(vector);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            sum += ensemble.Sum(vector);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_010, sum);
    }

    [Fact]
    public void Sum_VectorTooShort_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new TreeEnsemble(2, [_small]).Sum([1]));

    [Theory]
    [InlineData(0, 5)] // A right child beyond the end.
    [InlineData(1, 2)] // A right child that is the left one's.
    [InlineData(9, 4)] // A feature that there is not.
    public void Constructor_TreeThatIsNotWellFormed_IsRefused(int feature, int toRight)
    {
        var tree = feature == 1
            ? new Tree([new(0, 0, 1, 1), default, default], [0, 0, 0])
            : new Tree([new(0, (ushort)feature, 1, (byte)toRight), default, default, default, default], [0, 0, 0, 0, 0]);

        Assert.Throws<ArgumentException>(() => new TreeEnsemble(2, [tree]));
    }

    internal static Gen<Tree> TreeGen(int depthMax) => Gen.Select(
        Gen.Int[0, depthMax], Gen.Float[-2, 2].Array[64], Gen.UShort[0, Width - 1].Array[64], Gen.Bool.Array[64]).Select((depth, numbers, features, splits) =>
    {
        var nodes = new List<TreeNode>();
        var values = new List<float>();
        var used = 0;
        void Grow(int left)
        {
            var at = nodes.Count;
            var number = numbers[used % 64];
            nodes.Add(default);
            values.Add(number);
            if (left == 0 || !splits[used++ % 64])
            {
                return;
            }

            Grow(left - 1);
            var right = nodes.Count - at;
            Grow(left - 1);
            nodes[at] = new(number, features[used % 64], 1, (byte)right);
        }

        Grow(depth);
        return new Tree([.. nodes], [.. values]);
    });

    // All questions asked, seven deep.
    private static Tree FullTree(Random chance)
    {
        var nodes = new List<TreeNode>();
        void Grow(int left)
        {
            var at = nodes.Count;
            nodes.Add(default);
            if (left > 0)
            {
                Grow(left - 1);
                var right = nodes.Count - at;
                Grow(left - 1);
                nodes[at] = new((4 * chance.NextSingle()) - 2, (ushort)chance.Next(Width), 1, (byte)right);
            }
        }

        Grow(7);
        return new([.. nodes], [.. nodes.Select(_ => chance.NextSingle())]);
    }

    // In the order of the trees: the last bit of a score hangs on it.
    private static double SumOfWalks(TreeEnsemble ensemble, float[] vector) => ensemble.Trees.Aggregate(0.0, (sum, tree) => sum + Leaf(tree, vector));

    private static float Leaf(Tree tree, float[] vector)
    {
        var at = 0;
        while (!tree.Nodes[at].IsLeaf)
        {
            at += vector[tree.Nodes[at].Feature] <= tree.Nodes[at].Threshold ? tree.Nodes[at].ToLeft : tree.Nodes[at].ToRight;
        }

        return tree.Values[at];
    }
}
