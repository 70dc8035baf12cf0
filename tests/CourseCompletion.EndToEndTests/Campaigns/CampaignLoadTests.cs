using System.Diagnostics;
using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Campaigns;

/// <summary>One occurrence for everybody at once, while other events go on.</summary>
/// <remarks>Environment: <c>NUDGE_LOAD_LEARNERS</c> (2,000), <c>NUDGE_LOAD_OFFERS</c> (offers in flight of each roster shard; the default of the server). It prints figures and asserts none.</remarks>
public sealed class CampaignLoadTests(ITestOutputHelper output)
{
    private const int BatchEvents = 50;
    private static readonly int _learners =
        int.TryParse(Environment.GetEnvironmentVariable("NUDGE_LOAD_LEARNERS"), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 2_000;

    private static readonly string[] _settings = Environment.GetEnvironmentVariable("NUDGE_LOAD_OFFERS") is { } offers ? ["--Campaigns:OffersInFlightMax", offers] : [];

    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Occurrence_ForEverybodyWhileEventsGoOn_IsDecidedForEverybody()
    {
        await using var host = await HostProcess.StartAsync(["--Campaigns:ScanEvery", "00:00:00.500", .. _settings]);
        await using var client = EngagementClient.Connect(host.Grpc);
        var nudged = new NudgedClass(client, "load", _learners);
        await nudged.EnrolAsync();
        await DecidableAsync(client);
        var seconds = _learners >= 50_000 ? 10 : 1;
        var alone = await IngestAsync(client, "alone", TimeSpan.FromSeconds(seconds), null);

        using var decided = new CancellationTokenSource();
        var ingesting = IngestAsync(client, "beside", _deadline, decided);
        var watch = Stopwatch.StartNew();
        await client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("load", NudgeChannel.InApp) });
        var report = await Eventually.GetAsync(
            "everybody to be decided",
            _deadline,
            async () => (await client.Campaigns.GetCampaignReportAsync(new() { CampaignId = "load" })).Report,
            answer => answer.Groups.Sum(group => group.Learners) == _learners);
        var elapsed = watch.Elapsed;
        await decided.CancelAsync();
        var beside = await ingesting;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_learners} learners decided and in the report after {elapsed.TotalSeconds:F1} s; {alone:F0} events/s alone, {beside:F0} beside ({beside / alone:F2})."));
        Assert.Equal(nudged.Reachable.Count, report.Groups.Sum(group => group.Sent));
        var inbox = await client.Learners.ListNudgesAsync(new() { LearnerId = nudged.Reachable.First() });
        Assert.Equal("Algebra goes on", Assert.Single(inbox.Nudges).Subject);
    }

    // Until every row is in the roster a scan cannot see everybody.
    private static Task<Protocol.V1.Engagement> DecidableAsync(EngagementClient client) => Eventually.GetAsync(
        "everybody to be in the roster",
        _deadline,
        async () => (await client.Courses.GetEngagementAsync(new() { CourseId = "load" })).Engagement,
        engagement => engagement.Enrolled == _learners);

    /// <summary>Sends events of other learners of another course, and returns how many a second were answered.</summary>
    private static async Task<double> IngestAsync(EngagementClient client, string course, TimeSpan duration, CancellationTokenSource? end)
    {
        var watch = Stopwatch.StartNew();
        var (answers, sent) = (new Queue<Task<BatchAcknowledgement>>(), 0);
        while (watch.Elapsed < duration && end?.IsCancellationRequested != true)
        {
            answers.Enqueue(await client.EnqueueBatchAsync([.. Enumerable.Range(sent, BatchEvents).Select(i => Liked(course, i))]));
            sent += BatchEvents;
            while (answers.Count > 16)
            {
                Assert.DoesNotContain((await answers.Dequeue()).Results, result => result.Status == EventStatus.Rejected);
            }
        }

        await Task.WhenAll(answers);
        return sent / watch.Elapsed.TotalSeconds;
    }

    // Never in the future, however many there are.
    private static Event Liked(string course, int number)
    {
        var liked = Events.Liked($"other-{number % 10_007}", course, number);
        liked.OccurredAt = Timestamp.FromDateTime(Events.Start.AddSeconds(number % 3_000));
        return liked;
    }
}
