using System.Collections.Concurrent;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.ClusterTests.Campaigns;

/// <summary>A silo is killed in the middle of an occurrence: every learner is decided, and reached, once.</summary>
public sealed class CampaignCrashTests
{
    private const int Learners = 120;

    [Fact]
    public async Task Scan_SiloKilledInTheMiddle_ReachesEachLearnerOnce()
    {
        await using var cluster = await EngineCluster.StartAsync(new MemoryStore(), ("Campaigns:OffersInFlightMax", "4"));
        var course = cluster.NewCourse();
        await cluster.DefineAsync(CourseBuilder.Of(course));
        var learners = cluster.NewLearners(Learners);
        await Parallel.ForEachAsync(learners, async (learner, _) =>
        {
            var producer = new Producer(cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Watched(0, 10));
            Assert.Empty((await cluster.Learner(learner).SetPreferencesAsync(LearnerPreferences.None with { QuietFromMinute = 0, QuietToMinute = 0 })).Faults);
        });
        var keys = new ConcurrentDictionary<string, ConcurrentBag<string>>();
        var killing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Webhooks.Answer = message =>
        {
            keys.GetOrAdd(message.Learner.Value, _ => []).Add(message.NudgeId);
            if (keys.Count == Learners / 4)
            {
                killing.TrySetResult();
            }

            return SendOutcome.Delivered;
        };
        var campaign = cluster.NewCampaign();
        var minute = (int)((cluster.NowMs / 60_000) + 1) % 1440;
        Assert.Empty((await cluster.Campaign(campaign).UpsertAsync(CampaignBuilder.Of(course, minute, NudgeChannel.Webhook), 0)).Faults);
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));

        await using (cluster.PumpClock())
        {
            await killing.Task.WaitAsync(TimeSpan.FromSeconds(25));
        }

        await cluster.KillAsync(cluster.Silos[^1]);
        var expected = learners.Where(learner => !GlobalHoldout.Includes(TenantId.Default, learner, cluster.NowMs)).ToArray();
        await cluster.EventuallyAsync(
            "everybody to be reached",
            async () =>
            {
                // Its reminder wakes a campaign within a minute; a read wakes it at once.
                await cluster.Campaign(campaign).GetReportAsync();
                return expected.Count(learner => cluster.Webhooks.All.Any(message => message.Learner == learner));
            },
            count => count == expected.Length);

        await cluster.ToldAsync();
        Assert.All(keys.Values, sent => Assert.Single(sent.Distinct()));
        Assert.Equal(expected.Length, cluster.Webhooks.All.Count);
        foreach (var learner in learners)
        {
            var decision = Assert.Single(await cluster.Learner(learner).ListNudgesAsync(new(campaign.Value, null, SentOnly: false, 100)));
            Assert.Equal(expected.Contains(learner) ? NudgeDelivery.Delivered : NudgeDelivery.None, decision.Delivery);
        }
    }
}
