using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Prediction.Completion;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Catalog;

public class CompletionModelFormatTests
{
    private static readonly CompletionModelFormat _format = new();

    [Theory]
    [InlineData(CompletionTarget.CompletedByRule)]
    [InlineData(CompletionTarget.Passed)]
    public void Read_ModelOfCompletion_ScoresAndSaysWhatItIs(CompletionTarget target)
    {
        var reading = _format.Read(ModelFile.Encode(Model(target)));

        Assert.True(reading.IsUsable);
        Assert.Equal(("quarter", CompletionTargets.NameOf(target), 1_000), (reading.Description.Name, reading.Description.Target, reading.Description.TrainedEnrolments));
        Assert.NotEqual(0UL, reading.Description.Checksum);
        Assert.Equal(0.25f, reading.Predictor.Score(new float[CompletionFeatures.Count]), 1e-6f);
    }

    [Fact]
    public void Read_ModelOfSomethingElse_IsRefused()
    {
        var reading = _format.Read(ModelFile.Encode(Model(CompletionTarget.Persisted10Days)));

        Assert.False(reading.IsUsable);
        Assert.Contains("persisted_10d", reading.Fault, StringComparison.Ordinal);
        Assert.Contains("completed_by_rule or passed", reading.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedFile_IsRefusedWithTheReason()
    {
        var file = ModelFile.Encode(Model(CompletionTarget.Passed));
        file[^20] ^= 1;

        Assert.Contains("damaged", _format.Read(file).Fault, StringComparison.Ordinal);
        Assert.Contains("no model file", _format.Read(ReadOnlyMemory<byte>.Empty).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void BuiltIn_EveryModel_IsMadeForTheFeaturesOfTheRelease() => Assert.All(_format.BuiltIn, model =>
    {
        Assert.Equal(CompletionFeatures.Version, model.Description.FeatureVersion);
        Assert.Equal(model.Description.Name, model.Predictor.ModelVersion);
    });

    private static CompletionModel Model(CompletionTarget target) => new()
    {
        Name = "quarter",
        Target = target,
        HorizonDays = 100,
        FeatureVersion = CompletionFeatures.Version,
        FeatureNames = CompletionFeatures.Names,
        TrainedEnrolments = 1_000,
        BaseRate = 0.25f,
        Trajectory = new(new float[CompleterTrajectory.PointCount * CompleterTrajectory.Levels.Length]),
        Function = new(LinearPart.None(CompletionFeatures.Count) with { Intercept = (float)Math.Log(0.25 / 0.75) }, new(CompletionFeatures.Count, [])),
    };
}
