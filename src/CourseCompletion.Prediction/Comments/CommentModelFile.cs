using System.Text;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Completion;

namespace CourseCompletion.Prediction.Comments;

/// <summary>Files of comment models: numbers behind a header, with a checksum. Reading one runs nothing that is in it.</summary>
/// <remarks>
/// <para>The layout, little-endian; a text is its length in bytes (4) and UTF-8; a packed number has 7 bits a byte. <c>docs/comments.md</c> has it as a table.</para>
/// <para>
/// magic <c>CCWORDS\n</c> (8), format (4), length of all that follows (4); name, what it was learned from, feature version (4), comments (4), learned by characters and by words as bits (4), biases (float each
/// question), weights of VADER's features (float each), scale (float), number of weights of sentiment (4) and each as the packed distance of its bucket from the one before and its packed zigzag number;
/// number of seeds (4) and each as the packed distance from the one before and a float each question; XXH3-64 of everything before (8).
/// </para>
/// </remarks>
public static class CommentModelFile
{
    /// <summary>The layout that is written.</summary>
    public const int Format = 1;

    private const int CharactersBit = 1;
    private const int WordsBit = 2;

    private static ReadOnlySpan<byte> Magic => "CCWORDS\n"u8;

    /// <summary>Encodes a model. The same model gives the same bytes.</summary>
    public static byte[] Encode(CommentModel model)
    {
        using var bytes = new MemoryStream();
        using var to = new BinaryWriter(bytes);
        WriteText(to, model.Name);
        WriteText(to, model.LearnedFrom);
        to.Write(model.FeatureVersion);
        to.Write(model.TrainedComments);
        to.Write((model.LearnedCharacters ? CharactersBit : 0) | (model.LearnedWords ? WordsBit : 0));
        WriteNumbers(to, model.Biases);
        WriteNumbers(to, model.Vader);
        to.Write(model.SentimentScale);
        WriteSentiment(to, model.Sentiment);
        to.Write(model.Seeds.Features.Length);
        uint before = 0;
        for (var row = 0; row < model.Seeds.Features.Length; row++)
        {
            to.Write7BitEncodedInt((int)(model.Seeds.Features[row] - before));
            before = model.Seeds.Features[row];
            WriteNumbers(to, model.Seeds[row].ToArray());
        }

        to.Flush();
        return ModelEnvelope.Wrap(Magic, Format, bytes.ToArray());
    }

    /// <summary>Decodes a model for the features of this release.</summary>
    /// <exception cref="ModelFileException">The bytes are refused.</exception>
    public static CommentModel Decode(ReadOnlySpan<byte> bytes)
    {
        var content = ModelEnvelope.Open(bytes, Magic, Format, "This is no file of a comment model: it does not begin with CCWORDS.");
        CommentModel model;
        try
        {
            model = ReadContent(new(content));
        }
        catch (Exception error) when (error is ArgumentException or EndOfStreamException)
        {
            // The checksum holds, so it was written so: by a program with a fault, or by hand.
            throw new ModelFileException(ModelFileFault.Corrupt, $"The model file is not well-formed: {error.Message}");
        }

        return model.FeatureVersion == CommentFeatures.Version
            ? model
            : throw new ModelFileException(
                ModelFileFault.OtherFeatures,
                $"The model {model.Name} was made for features of version {model.FeatureVersion}; this release has version {CommentFeatures.Version}. Train it anew.");
    }

    // Arguments are read in the order written, which is the order of the layout.
    private static CommentModel ReadContent(FlatReader from)
    {
        var (name, learnedFrom, version, comments, learned) = (from.Text(), from.Text(), from.Int(), from.Int(), from.Int());
        var (biases, vader, scale) = (from.Floats(CommentHeads.Count), from.Floats(VaderFeatures.Count), from.Float());
        if (name.Length is 0 or > CommentModel.NameCharsMax || !float.IsFinite(scale) || Array.Exists([.. biases, .. vader], number => !float.IsFinite(number)))
        {
            throw new ArgumentException("its name or a number is out of range.");
        }

        return new()
        {
            Name = name,
            LearnedFrom = learnedFrom,
            FeatureVersion = version,
            TrainedComments = comments,
            LearnedCharacters = (learned & CharactersBit) != 0,
            LearnedWords = (learned & WordsBit) != 0,
            Biases = biases,
            Vader = vader,
            SentimentScale = scale,
            Sentiment = ReadSentiment(ref from),
            Seeds = ReadSeeds(ref from),
        };
    }

    private static void WriteSentiment(BinaryWriter to, short[] weights)
    {
        to.Write(weights.Count(weight => weight != 0));
        var before = 0;
        for (var bucket = 0; bucket < weights.Length; bucket++)
        {
            if (weights[bucket] is not 0 and var weight)
            {
                to.Write7BitEncodedInt(bucket - before);
                to.Write7BitEncodedInt((weight << 1) ^ (weight >> 31));
                before = bucket;
            }
        }
    }

    private static short[] ReadSentiment(ref FlatReader from)
    {
        var weights = new short[1 << CommentModel.BucketBits];
        var count = from.Count(weights.Length);
        long bucket = 0;
        for (var i = 0; i < count; i++)
        {
            bucket += from.Packed();
            var zigzag = from.Packed();
            if (bucket >= weights.Length || zigzag > ushort.MaxValue)
            {
                throw new ArgumentException("a weight is out of range.");
            }

            weights[bucket] = (short)((int)(zigzag >> 1) ^ -(int)(zigzag & 1));
        }

        return weights;
    }

    private static CommentWeights ReadSeeds(ref FlatReader from)
    {
        var features = new uint[from.Count(ushort.MaxValue - 1)];
        var weights = new float[features.Length * CommentHeads.Count];
        uint before = 0;
        for (var row = 0; row < features.Length; row++)
        {
            features[row] = before += from.Packed();
            from.Floats(CommentHeads.Count).CopyTo(weights, row * CommentHeads.Count);
        }

        return new(features, weights);
    }

    private static void WriteNumbers(BinaryWriter to, IEnumerable<float> numbers)
    {
        foreach (var number in numbers)
        {
            to.Write(number);
        }
    }

    private static void WriteText(BinaryWriter to, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        to.Write(bytes.Length);
        to.Write(bytes);
    }
}
