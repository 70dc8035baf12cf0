using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Comments;

public class CommentModelFileTests
{
    private static readonly CommentModel _model = new()
    {
        Name = "comments-test",
        LearnedFrom = "three comments 评论",
        FeatureVersion = CommentFeatures.Version,
        TrainedComments = 3,
        LearnedCharacters = true,
        LearnedWords = false,
        Biases = [.. Enumerable.Range(0, CommentHeads.Count).Select(head => head / -4f)],
        Sentiment = WeightsOf((0, 1), (1, -1), (300, short.MaxValue), ((1 << CommentModel.BucketBits) - 1, short.MinValue)),
        SentimentScale = 0.125f,
        Vader = [.. Enumerable.Range(0, VaderFeatures.Count).Select(i => i + 0.5f)],
        Seeds = new([7, 4_000_000_000], [.. Enumerable.Range(0, 2 * CommentHeads.Count).Select(i => i / 2f)]),
    };

    [Fact]
    public void Decode_GoldenFile_IsTheModelThatWasWritten()
    {
        var read = CommentModelFile.Decode(GoldenFile.Read("comment-model.v1.bin", nameof(CommentModelFile), CommentModelFile.Encode(_model)));

        Assert.Equal(
            (_model.Name, _model.LearnedFrom, _model.FeatureVersion, _model.TrainedComments, _model.LearnedCharacters, _model.LearnedWords, _model.SentimentScale),
            (read.Name, read.LearnedFrom, read.FeatureVersion, read.TrainedComments, read.LearnedCharacters, read.LearnedWords, read.SentimentScale));
        Assert.Equal(_model.Biases, read.Biases);
        Assert.Equal(_model.Vader, read.Vader);
        Assert.True(_model.Sentiment.AsSpan().SequenceEqual(read.Sentiment));
        Assert.Equal(_model.Seeds.Features.ToArray(), read.Seeds.Features.ToArray());
        Assert.Equal(_model.Seeds[1].ToArray(), read.Seeds[1].ToArray());
    }

    [Fact]
    public void Decode_AnyByteChanged_IsRefused()
    {
        var bytes = CommentModelFile.Encode(_model);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x41;
            Assert.Throws<ModelFileException>(() => CommentModelFile.Decode(changed));
        }
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefusedAsTruncated()
    {
        var bytes = CommentModelFile.Encode(_model);
        for (var length = 8; length < bytes.Length; length++)
        {
            Assert.Equal(ModelFileFault.Truncated, FaultOf(bytes[..length]));
        }
    }

    [Fact]
    public void Decode_AnotherKindOfFile_IsNoModel() => Assert.Equal(ModelFileFault.NotAModel, FaultOf("CCMODEL\n and more"u8.ToArray()));

    [Fact]
    public void Decode_FormatOfAnotherRelease_SaysSo()
    {
        var bytes = CommentModelFile.Encode(_model);
        bytes[8]++;

        Assert.Equal(ModelFileFault.NewerFormat, FaultOf(bytes));
    }

    [Fact]
    public void Decode_OtherFeatures_SaysThatItMustBeTrainedAnew() =>
        Assert.Equal(ModelFileFault.OtherFeatures, FaultOf(CommentModelFile.Encode(_model with { FeatureVersion = CommentFeatures.Version + 1 })));

    [Fact]
    public void Decode_NumberThatIsNone_IsRefused() =>
        Assert.Equal(ModelFileFault.Corrupt, FaultOf(CommentModelFile.Encode(_model with { SentimentScale = float.NaN })));

    private static ModelFileFault FaultOf(byte[] bytes) => Assert.Throws<ModelFileException>(() => CommentModelFile.Decode(bytes)).Fault;

    private static short[] WeightsOf(params (int Bucket, short Weight)[] set)
    {
        var weights = new short[1 << CommentModel.BucketBits];
        foreach (var (bucket, weight) in set)
        {
            weights[bucket] = weight;
        }

        return weights;
    }
}
