using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>The stored layout of a <see cref="CommentAdaptation"/>.</summary>
/// <remarks>Format, feature version, labels, a bias each question; the number of features, and each by the distance from the one before, by which questions it has a weight for as bits, and those weights; a checksum.</remarks>
public static class CommentAdaptationCodec
{
    /// <summary>The layout that is written.</summary>
    public const byte Format = 1;

    private const string What = "comment adaptation";

    /// <summary>Encodes. The same adaptation gives the same bytes.</summary>
    public static byte[] Encode(CommentAdaptation adaptation)
    {
        var to = new PayloadWriter(64 + (adaptation.Weights.Features.Length * 8));
        to.Byte(Format);
        to.UInt((uint)adaptation.FeatureVersion);
        to.UInt((ulong)adaptation.Labels);
        foreach (var bias in adaptation.Biases)
        {
            to.Float(bias);
        }

        var features = adaptation.Weights.Features;
        to.UInt((uint)features.Length);
        uint before = 0;
        for (var row = 0; row < features.Length; row++)
        {
            to.UInt(features[row] - before);
            before = features[row];
            WriteRow(to, adaptation.Weights[row]);
        }

        return to.Finish();
    }

    /// <summary>Decodes.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CommentAdaptation Decode(ReadOnlySpan<byte> bytes)
    {
        var from = PayloadReader.Open(bytes, What);
        if (from.Byte() is var format && format != Format)
        {
            throw new StoreCorruptException($"The stored {What} has format {format}; this release reads format {Format}.");
        }

        var (version, labels) = ((int)from.UInt(), (long)from.UInt());
        var biases = new float[CommentHeads.Count];
        for (var head = 0; head < biases.Length; head++)
        {
            biases[head] = from.Float();
        }

        var features = new uint[from.Count()];
        var weights = new float[features.Length * CommentHeads.Count];
        uint before = 0;
        for (var row = 0; row < features.Length; row++)
        {
            features[row] = before += (uint)from.UInt();
            ReadRow(ref from, weights.AsSpan(row * CommentHeads.Count, CommentHeads.Count));
        }

        try
        {
            return new() { FeatureVersion = version, Labels = labels, Biases = biases, Weights = new(features, weights) };
        }
        catch (ArgumentException error)
        {
            throw new StoreCorruptException($"The stored {What} is not well-formed.", error);
        }
    }

    private static void WriteRow(PayloadWriter to, ReadOnlySpan<float> weights)
    {
        uint present = 0;
        for (var head = 0; head < weights.Length; head++)
        {
            present |= weights[head] != 0 ? 1u << head : 0;
        }

        to.UInt(present);
        foreach (var weight in weights)
        {
            if (weight != 0)
            {
                to.Float(weight);
            }
        }
    }

    private static void ReadRow(ref PayloadReader from, Span<float> weights)
    {
        var present = from.UInt();
        for (var head = 0; head < weights.Length; head++)
        {
            weights[head] = (present >> head & 1) != 0 ? from.Float() : 0;
        }
    }
}
