using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Completion;

public class ModelFileTests
{
    private static readonly CompletionModel _model = new()
    {
        Name = "trees-1",
        Target = CompletionTarget.Passed,
        HorizonDays = 268,
        FeatureVersion = CompletionFeatures.Version,
        FeatureNames = CompletionFeatures.Names,
        TrainedEnrolments = 1234,
        BaseRate = 0.25f,
        Trajectory = new([.. Enumerable.Range(0, CompleterTrajectory.PointCount * CompleterTrajectory.Levels.Length).Select(i => i / 8f)]),
        Function = new(
            LinearOf(CompletionFeatures.Count),
            new(CompletionFeatures.Count, [new([new(0.5f, 30, 1, 2), default, default], [0, 0.25f, -0.5f]), new([default], [-1.5f])])),
        Spread = new([0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.125f], 0.75f),
        Hazard = new(new(CompletionFeatures.Count + 1, [new([new(2, CompletionFeatures.Count, 1, 2), default, default], [0, 0.5f, -1])])),
    };

    [Fact]
    public void Decode_EncodedModel_IsTheSameModel()
    {
        var bytes = ModelFile.Encode(_model);

        var read = ModelFile.Decode(bytes, CompletionTarget.Passed);

        Assert.Equal(
            (_model.Name, _model.Target, _model.HorizonDays, _model.TrainedEnrolments, _model.BaseRate, _model.FeatureVersion),
            (read.Name, read.Target, read.HorizonDays, read.TrainedEnrolments, read.BaseRate, read.FeatureVersion));
        Assert.Equal(_model.Trajectory.Logits, read.Trajectory.Logits);
        Assert.Equal(_model.FeatureNames, read.FeatureNames);
        Assert.Equal(_model.Spread.AtKnots, read.Spread.AtKnots);
        Assert.Equal(PortableMath.Logistic(-1), read.Hazard!.HazardOf(new float[CompletionFeatures.Count], 3), 1e-6);
        Assert.Equal(bytes, ModelFile.Encode(read));
    }

    [Fact]
    public void Decode_ModelWithoutHazard_HasNone() => Assert.Null(ModelFile.Decode(ModelFile.Encode(_model with { Hazard = null })).Hazard);

    [Fact]
    public void Decode_AnyByteChanged_IsRefused()
    {
        var bytes = ModelFile.Encode(_model);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x41;
            Assert.Throws<ModelFileException>(() => ModelFile.Decode(changed));
        }
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefusedAsTruncated()
    {
        var bytes = ModelFile.Encode(_model);
        for (var length = 8; length < bytes.Length; length++)
        {
            Assert.Equal(ModelFileFault.Truncated, FaultOf(bytes[..length]));
        }
    }

    [Fact]
    public void Decode_BytesBehindTheEnd_IsRefused() => Assert.Equal(ModelFileFault.Corrupt, FaultOf([.. ModelFile.Encode(_model), 0]));

    [Fact]
    public void Decode_SomethingElse_IsNoModel() => Assert.Equal(ModelFileFault.NotAModel, FaultOf("PK\u0003\u0004 a zip archive"u8.ToArray()));

    [Fact]
    public void Decode_FormatOfAnotherRelease_SaysSo()
    {
        var bytes = ModelFile.Encode(_model);
        bytes[8] = ModelFile.Format + 1;

        Assert.Equal(ModelFileFault.NewerFormat, FaultOf(bytes));
    }

    [Fact]
    public void Decode_OtherTarget_IsRefused()
    {
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Decode(ModelFile.Encode(_model), CompletionTarget.CompletedByRule));

        Assert.Equal(ModelFileFault.OtherTarget, error.Fault);
        Assert.Equal("The model trees-1 predicts passed, not completed_by_rule.", error.Message);
    }

    [Fact]
    public void Decode_OtherFeatures_IsRefused()
    {
        var older = _model with { FeatureVersion = CompletionFeatures.Version - 1 };
        var renamed = _model with { FeatureNames = [.. CompletionFeatures.Names.Reverse()] };

        Assert.Equal(ModelFileFault.OtherFeatures, FaultOf(ModelFile.Encode(older)));
        Assert.Equal(ModelFileFault.OtherFeatures, FaultOf(ModelFile.Encode(renamed)));
        Assert.Equal(ModelFileFault.OtherFeatures, Assert.Throws<ModelFileException>(() => new LearnedCompletionPredictor(older)).Fault);
    }

    [Fact]
    public void Encode_Model_IsTheGoldenFile()
    {
        // Of features whose names never change, so that the file stays as it is when the features do not.
        var model = _model with { FeatureNames = ["a", "b"], FeatureVersion = 1 };
        model = model with
        {
            Function = new(LinearOf(2), new(2, [new([new(0.5f, 1, 1, 2), default, default], [0, 0.25f, -0.5f])])),
            Hazard = new(new(3, [new([new(2, 2, 1, 2), default, default], [0, 0.5f, -1])])),
        };

        GoldenFile.Read("model.v1.bin", nameof(ModelFile), ModelFile.Encode(model));
    }

    [Fact]
    public void Score_Model_IsTheLogisticOfTheSum()
    {
        var predictor = new LearnedCompletionPredictor(_model);
        var vector = new float[CompletionFeatures.Count];

        Assert.Equal(PortableMath.Logistic(0.25 - 1.5 + 0.125 + (0.25 * 2 * (0.5 + 0.25))), predictor.Score(vector), 1e-7);
        Assert.Equal(("trees-1", CompletionFeatures.Version), (predictor.ModelVersion, predictor.FeatureVersion));
    }

    // Weighs the second feature, more at the first days of a course.
    private static LinearPart LinearOf(int featureCount)
    {
        var part = LinearPart.None(featureCount) with { Intercept = 0.125f };
        (part.Means[1], part.Scales[1], part.Base[1], part.Changes[1]) = (-0.25f, 2, 0.5f, 0.25f);
        return part;
    }

    private static ModelFileFault FaultOf(byte[] bytes) => Assert.Throws<ModelFileException>(() => ModelFile.Decode(bytes)).Fault;
}
