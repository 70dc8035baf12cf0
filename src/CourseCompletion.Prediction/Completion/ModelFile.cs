using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Prediction.Completion;

/// <summary>Model files: flat arrays of numbers behind a header, with a checksum. Reading one runs nothing that is in it.</summary>
/// <remarks>
/// <para>The layout, little-endian; a text is its length in bytes (4) and UTF-8. <c>docs/predictions.md</c> has it as a table.</para>
/// <para>
/// magic <c>CCMODEL\n</c> (8), format (4), length of all that follows (4); name, target (4), horizon in days (4), enrolments (4), base rate (float), feature version (4), feature
/// names hash (8), feature count (4), the names; the trajectory (float each point and level); the linear part: intercept (float), means, scales, weights (float each a feature), changes (float each a knot and feature); tree count (4), node count (4), nodes of each tree (4 each); thresholds (float each), features (2 each), ways to the left child
/// (1 each), ways to the right child (1 each), values (float each); the spread: deviations (float each a knot), deviation without dates (float); the hazard: 0 or 1 (4), and with 1
/// trees as above over one feature more; XXH3-64 of everything before (8).
/// </para>
/// </remarks>
public static class ModelFile
{
    /// <summary>The layout that is written.</summary>
    public const int Format = 1;

    private const int TreesMax = 1 << 16;
    private const int NodesMax = TreesMax * TreeEnsemble.TreeNodesMax;

    private static ReadOnlySpan<byte> Magic => "CCMODEL\n"u8;

    /// <summary>The hash of features: of their version and their names in order.</summary>
    public static ulong HashOf(int featureVersion, IReadOnlyList<string> names) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{featureVersion}\n{string.Join('\n', names)}"));

    /// <summary>Encodes a model. The same model gives the same bytes.</summary>
    public static byte[] Encode(CompletionModel model)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        WriteText(to, model.Name);
        to.Write((int)model.Target);
        to.Write(model.HorizonDays);
        to.Write(model.TrainedEnrolments);
        to.Write(model.BaseRate);
        to.Write(model.FeatureVersion);
        to.Write(HashOf(model.FeatureVersion, model.FeatureNames));
        to.Write(model.FeatureNames.Count);
        foreach (var name in model.FeatureNames)
        {
            WriteText(to, name);
        }

        foreach (var logit in model.Trajectory.Logits)
        {
            to.Write(logit);
        }

        WriteLinear(to, model.Function.Linear);
        WriteTrees(to, model.Function.Trees.Trees);
        WriteNumbers(to, model.Spread.AtKnots);
        to.Write(model.Spread.Undated);
        to.Write(model.Hazard is null ? 0 : 1);
        if (model.Hazard is { } hazard)
        {
            WriteTrees(to, hazard.Trees.Trees);
        }

        to.Flush();
        return ModelEnvelope.Wrap(Magic, Format, bytes.ToArray());
    }

    /// <summary>Decodes a model for the features of this release.</summary>
    /// <exception cref="ModelFileException">The bytes are refused.</exception>
    public static CompletionModel Decode(ReadOnlySpan<byte> bytes)
    {
        var model = DecodeAny(bytes);
        if (model.FeatureVersion != CompletionFeatures.Version || !model.FeatureNames.SequenceEqual(CompletionFeatures.Names))
        {
            throw new ModelFileException(
                ModelFileFault.OtherFeatures,
                $"The model {model.Name} was made for features of version {model.FeatureVersion}; this release has version {CompletionFeatures.Version}. Train it anew.");
        }

        return model;
    }

    /// <summary>Decodes a model for the features of this release that predicts a target.</summary>
    /// <exception cref="ModelFileException">The bytes are refused.</exception>
    public static CompletionModel Decode(ReadOnlySpan<byte> bytes, CompletionTarget target)
    {
        var model = Decode(bytes);
        return model.Target == target
            ? model
            : throw new ModelFileException(
                ModelFileFault.OtherTarget,
                $"The model {model.Name} predicts {CompletionTargets.NameOf(model.Target)}, not {CompletionTargets.NameOf(target)}.");
    }

    private static CompletionModel DecodeAny(ReadOnlySpan<byte> bytes)
    {
        var content = ModelEnvelope.Open(bytes, Magic, Format, "This is no model file: it does not begin with CCMODEL.");
        try
        {
            return ReadBody(new(content));
        }
        catch (Exception error) when (error is ArgumentException or EndOfStreamException)
        {
            // The checksum holds, so it was written so: by a program with a fault, or by hand.
            throw new ModelFileException(ModelFileFault.Corrupt, $"The model file is not well-formed: {error.Message}");
        }
    }

    private static CompletionModel ReadBody(FlatReader from)
    {
        var name = from.Text();
        var target = (CompletionTarget)from.Int();
        var (horizonDays, enrolments, baseRate, version) = (from.Int(), from.Int(), from.Float(), from.Int());
        var hash = from.ULong();
        var names = new string[from.Count(FlatReader.TextBytesMax)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = from.Text();
        }

        if (hash != HashOf(version, names))
        {
            throw new ModelFileException(ModelFileFault.Corrupt, "The model file is damaged: its feature names are not those that its hash was made of.");
        }

        return new()
        {
            Name = name,
            Target = target,
            HorizonDays = horizonDays,
            TrainedEnrolments = enrolments,
            BaseRate = baseRate,
            FeatureVersion = version,
            FeatureNames = names,
            Trajectory = new(from.Floats(CompleterTrajectory.PointCount * CompleterTrajectory.Levels.Length)),
            Function = new(ReadLinear(ref from, names.Length), new(names.Length, ReadTrees(ref from))),
            Spread = ReadSpread(ref from),
            Hazard = ReadHazard(ref from, names.Length),
        };
    }

    private static LogitSpread ReadSpread(ref FlatReader from)
    {
        var spread = new LogitSpread(from.Floats(LinearPart.KnotDays.Length), from.Float());
        spread.Check();
        return spread;
    }

    private static HazardHead? ReadHazard(ref FlatReader from, int featureCount) => from.Count(1) == 0 ? null : new(new(featureCount + 1, ReadTrees(ref from)));

    private static void WriteNumbers(BinaryWriter to, IEnumerable<float> numbers)
    {
        foreach (var number in numbers)
        {
            to.Write(number);
        }
    }

    private static void WriteLinear(BinaryWriter to, LinearPart linear)
    {
        to.Write(linear.Intercept);
        WriteNumbers(to, new[] { linear.Means, linear.Scales, linear.Base, linear.Changes }.SelectMany(numbers => numbers));
    }

    private static LinearPart ReadLinear(ref FlatReader from, int featureCount)
    {
        var read = new LinearPart(from.Float(), from.Floats(featureCount), from.Floats(featureCount), from.Floats(featureCount), from.Floats(featureCount * LinearPart.KnotDays.Length));
        read.Check(featureCount);
        return read;
    }

    private static void WriteTrees(BinaryWriter to, IReadOnlyList<Tree> trees)
    {
        to.Write(trees.Count);
        to.Write(trees.Sum(tree => tree.Nodes.Length));
        foreach (var tree in trees)
        {
            to.Write(tree.Nodes.Length);
        }

        ForEachNode(trees, (tree, i) => to.Write(tree.Nodes[i].Threshold));
        ForEachNode(trees, (tree, i) => to.Write(tree.Nodes[i].Feature));
        ForEachNode(trees, (tree, i) => to.Write(tree.Nodes[i].ToLeft));
        ForEachNode(trees, (tree, i) => to.Write(tree.Nodes[i].ToRight));
        ForEachNode(trees, (tree, i) => to.Write(tree.Values[i]));
    }

    private static void ForEachNode(IReadOnlyList<Tree> trees, Action<Tree, int> act)
    {
        foreach (var tree in trees)
        {
            for (var i = 0; i < tree.Nodes.Length; i++)
            {
                act(tree, i);
            }
        }
    }

    private static Tree[] ReadTrees(ref FlatReader from)
    {
        var sizes = new int[from.Count(TreesMax)];
        var nodeCount = from.Count(NodesMax);
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = from.Count(TreeEnsemble.TreeNodesMax);
        }

        if (sizes.Sum() != nodeCount)
        {
            throw new ArgumentException($"The trees have {sizes.Sum()} nodes, the file {nodeCount}.");
        }

        var thresholds = from.Bytes(nodeCount * sizeof(float));
        var features = from.Bytes(nodeCount * sizeof(ushort));
        var toLeft = from.Bytes(nodeCount);
        var toRight = from.Bytes(nodeCount);
        var values = from.Bytes(nodeCount * sizeof(float));
        var trees = new Tree[sizes.Length];
        var at = 0;
        for (var t = 0; t < trees.Length; t++)
        {
            var nodes = new TreeNode[sizes[t]];
            var own = new float[sizes[t]];
            for (var i = 0; i < nodes.Length; i++, at++)
            {
                nodes[i] = new(
                    BinaryPrimitives.ReadSingleLittleEndian(thresholds[(at * sizeof(float))..]),
                    BinaryPrimitives.ReadUInt16LittleEndian(features[(at * sizeof(ushort))..]),
                    toLeft[at],
                    toRight[at]);
                own[i] = BinaryPrimitives.ReadSingleLittleEndian(values[(at * sizeof(float))..]);
            }

            trees[t] = new(nodes, own);
        }

        return trees;
    }

    private static void WriteText(BinaryWriter to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write(bytes.Length);
        to.Write(bytes);
    }
}
