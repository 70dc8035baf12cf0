using CourseCompletion.Client;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.EndToEndTests.Completion;

/// <summary>Models are published to a running server, over gRPC, and stay through its death.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task Publish_RunningServer_ScoresWithItAndStillDoesAfterKill()
    {
        await using var host = await HostProcess.StartAsync();
        using var channel = EngagementChannel.Open(host.Grpc);
        var models = new ModelService.ModelServiceClient(channel);
        var release = (await models.ListModelsAsync(new())).Catalog.Champion;

        var catalog = (await models.PublishModelAsync(new() { File = ByteString.CopyFrom(ModelFile.Encode(Half)) })).Catalog;
        var first = await ScoreAsync(channel, 1);
        await host.KillAsync();
        await host.StartAgainAsync();
        var second = await ScoreAsync(channel, 2);
        var back = (await models.RollbackModelAsync(new())).Catalog;
        var third = await ScoreAsync(channel, 3);

        Assert.Equal((Half.Name, ""), (catalog.Champion, catalog.Shadow));
        Assert.Contains(catalog.Models, model => model.Name == Half.Name && model.Target == "passed" && model.PublishedAt is not null);
        Assert.Equal((Half.Name, 0.5), (first.ModelVersion, first.CompletionProbability));
        Assert.Equal((Half.Name, 0.5), (second.ModelVersion, second.CompletionProbability));
        Assert.Equal((release, release), (back.Champion, third.ModelVersion));
    }

    [Fact]
    public async Task Publish_NoModelFile_NamesTheField()
    {
        await using var host = await HostProcess.StartAsync();
        using var channel = EngagementChannel.Open(host.Grpc);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new ModelService.ModelServiceClient(channel).PublishModelAsync(new() { File = ByteString.CopyFromUtf8("MZ an executable") }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("file", Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    private static CompletionModel Half => new()
    {
        Name = "half",
        Target = CompletionTarget.Passed,
        HorizonDays = 100,
        FeatureVersion = CompletionFeatures.Version,
        FeatureNames = CompletionFeatures.Names,
        TrainedEnrolments = 10,
        BaseRate = 0.5f,
        Trajectory = new(new float[CompleterTrajectory.PointCount * CompleterTrajectory.Levels.Length]),
        Function = new(LinearPart.None(CompletionFeatures.Count), new(CompletionFeatures.Count, [])),
    };

    private static async Task<CompletionUpdate> ScoreAsync(ChannelBase channel, int number)
    {
        var answer = await new EngagementService.EngagementServiceClient(channel).RecordEventsAsync(new() { Events = { Events.Liked("ada", "algebra", number) } });
        return Assert.Single(answer.Completions);
    }
}
