using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Campaigns.Delivery;
using Xunit;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>Dead letters outlive the grain that keeps them.</summary>
public sealed class DeadLetterTests
{
    [Fact]
    public async Task ListAsync_LettersTakenAndDropped_AreAsStoredAfterTheGrainIsReadBack()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var key = DeadLetterKey.For(new TenantId("a/b")).Value;
        var (intake, letters) = (cluster.Grains.GetGrain<IDeadLetterIntakeGrain>(key), cluster.Grains.GetGrain<IDeadLetterGrain>(key));
        await intake.TakeAsync([LetterOf("1"), LetterOf("2"), LetterOf("3")]);
        await intake.TakeAsync([LetterOf("1")]);
        Assert.Equal((1, 0, 0, 1), await letters.DropAsync([2, 99]) is var outcome ? (outcome.Done, outcome.Declined, outcome.Failed, outcome.Unknown) : default);

        await cluster.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
        var page = await letters.ListAsync(0, 10);

        Assert.Equal((2, 0), (page.Total, page.Overflowed));
        Assert.Equal([(3, LetterOf("3")), (4, LetterOf("1"))], page.Letters.Select(kept => ((int)kept.Sequence, kept.Letter)));
        Assert.Equal([4L], (await letters.ListAsync(3, 10)).Letters.Select(kept => kept.Sequence));
    }

    [Fact]
    public async Task DropAsync_TooManyAtOnce_IsATypedFault()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var letters = cluster.Grains.GetGrain<IDeadLetterGrain>(DeadLetterKey.For(TenantId.Default).Value);

        Assert.Equal(RejectionReason.LimitExceeded, (await letters.DropAsync(new long[DeadLetterRules.PageMax + 1])).Fault!.Reason);
        Assert.Equal(RejectionReason.MissingField, (await letters.RedriveAsync([])).Fault!.Reason);
        Assert.Equal(2, (await letters.RedriveAsync([7, 8])).Unknown);
    }

    private static DeadLetter LetterOf(string nudge) =>
        new(nudge, new LearnerId("ада"), "daily", "daily/1", new(NudgeChannel.Email, DeliveryStatus.GivenUp, 1_772_000_000_000, 10, "smtp 451"));
}
