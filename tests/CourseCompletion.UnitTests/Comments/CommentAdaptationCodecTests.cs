using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentAdaptationCodecTests
{
    [Fact]
    public void Decode_GoldenFile_IsWhatWasStored()
    {
        var adaptation = new CommentAdaptation
        {
            FeatureVersion = 1,
            Labels = 3,
            Biases = [.. Enumerable.Range(0, CommentHeads.Count).Select(head => head / 4f)],
            Weights = new([5, 4_000_000_000], [.. Enumerable.Range(0, 2 * CommentHeads.Count).Select(i => i % 3 == 0 ? i / 8f : 0)]),
        };

        AssertSame(adaptation, CommentAdaptationCodec.Decode(GoldenFile.Read("comment-adaptation.v1.bin", nameof(CommentAdaptationCodec), CommentAdaptationCodec.Encode(adaptation))));
    }

    [Fact]
    public void Decode_AnyAdaptation_IsTheSame() => Gen.Select(Gen.UInt.HashSet[0, 50], Gen.Float[-9, 9].Array[CommentHeads.Count], Gen.Long[0, 1_000_000]).Sample((features, biases, labels) =>
    {
        var adaptation = new CommentAdaptation
        {
            FeatureVersion = 1,
            Labels = labels,
            Biases = biases,
            Weights = new([.. features.Order()], [.. Enumerable.Range(0, features.Count * CommentHeads.Count).Select(i => i % 4 == 1 ? i * 0.5f : 0)]),
        };

        AssertSame(adaptation, CommentAdaptationCodec.Decode(CommentAdaptationCodec.Encode(adaptation)));
    });

    [Fact]
    public void Decode_AnyByteChanged_IsRefused()
    {
        var bytes = CommentAdaptationCodec.Encode(CommentAdaptation.None);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x41;
            Assert.Throws<StoreCorruptException>(() => CommentAdaptationCodec.Decode(changed));
        }
    }

    [Fact]
    public void Decode_NewerFormat_SaysSo()
    {
        var to = new PayloadWriter();
        to.Byte(CommentAdaptationCodec.Format + 1);

        Assert.Contains("format 2", Assert.Throws<StoreCorruptException>(() => CommentAdaptationCodec.Decode(to.Finish())).Message);
    }

    private static void AssertSame(CommentAdaptation expected, CommentAdaptation read)
    {
        Assert.Equal((expected.FeatureVersion, expected.Labels), (read.FeatureVersion, read.Labels));
        Assert.Equal(expected.Biases, read.Biases);
        Assert.Equal(expected.Weights.Features.ToArray(), read.Weights.Features.ToArray());
        for (var row = 0; row < expected.Weights.Features.Length; row++)
        {
            Assert.Equal(expected.Weights[row].ToArray(), read.Weights[row].ToArray());
        }
    }
}
