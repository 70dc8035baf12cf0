using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using CourseCompletion.Receivers;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Campaigns;

/// <summary>One occurrence reaches every learner, under one key each, though the host is killed with kill -9 in the middle of it again and again.</summary>
/// <remarks>Environment: <c>NUDGE_LEARNERS</c> (600) and <c>NUDGE_KILLS</c> (3); 10,000 and 20 take some minutes.</remarks>
public sealed class CampaignKillTests(ITestOutputHelper output)
{
    private const string Secret = "a-secret-of-more-than-32-characters-for-tests";
    private static readonly int _learners = Setting("NUDGE_LEARNERS", 600);
    private static readonly int _kills = Setting("NUDGE_KILLS", 3);
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Kill_InTheMiddleOfAnOccurrence_ReachesEachLearnerOnceByKey()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var host = await HostProcess.StartAsync(
            [.. ChannelTests.Fast, "--Campaigns:OffersInFlightMax", "8", "--Channels:Webhook:Url", receiver.Url, "--Channels:Webhook:Secret", Secret]);
        var random = new Random(Setting("NUDGE_SEED", Random.Shared.Next(1_000_000)));
        await using var client = EngagementClient.Connect(host.Grpc);
        var nudged = new NudgedClass(client, "kills", _learners);
        await nudged.EnrolAsync();
        var reachable = nudged.Reachable;
        await client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("kills", NudgeChannel.Webhook) });

        for (var kill = 0; kill < _kills; kill++)
        {
            var at = (int)(reachable.Count * (kill + (0.8 * random.NextDouble())) / _kills);
            await Eventually.HoldsAsync($"delivery {at}", _deadline, () => receiver.DeliveriesByKey.Count >= at);
            await Task.Delay(random.Next(20));
            await host.KillAsync();
            await host.StartAgainAsync();
        }

        await Eventually.HoldsAsync("everybody to be reached", _deadline, () => receiver.DeliveriesByKey.Count >= reachable.Count);
        var groups = (await Eventually.GetAsync(
            "the report to have everybody",
            _deadline,
            async () => await client.Campaigns.GetCampaignReportAsync(new() { CampaignId = "kills" }),
            answer => answer.Report.Groups.Sum(group => group.Learners) == _learners)).Report.Groups;

        var keysByLearner = receiver.Received.GroupBy(request => ChannelTests.LearnerOf(request.Body), request => request.Key).ToDictionary(group => group.Key, group => group.Distinct().Count());
        output.WriteLine($"{_learners} learners, {_kills} kills: {keysByLearner.Count} reached, {receiver.Received.Count - keysByLearner.Count} repeats under the same key.");
        Assert.Equal(reachable.Order(), keysByLearner.Keys.Order());
        Assert.All(keysByLearner.Values, keys => Assert.Equal(1, keys));
        Assert.Equal((reachable.Count, _learners - reachable.Count), (groups.Sum(group => group.Sent), groups.Sum(group => group.WouldSend)));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
