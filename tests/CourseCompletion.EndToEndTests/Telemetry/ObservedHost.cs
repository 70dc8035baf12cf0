using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Campaigns;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using CourseCompletion.Receivers;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>A server that has seen a little of everything that it counts.</summary>
public sealed class ObservedHost : IAsyncLifetime
{
    private const string Secret = "a-secret-of-more-than-32-characters-for-tests";
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private HostProcess? _host;
    private EngagementClient? _client;
    private WebhookReceiver? _receiver;

    /// <summary>The answers of the events that were sent, campaigns apart.</summary>
    internal IReadOnlyList<EventResult> Answers { get; private set; } = [];

    internal HostProcess Process => _host ?? throw new InvalidOperationException("The host was not started.");

    private HttpClient Http { get; } = new();

    internal Task<Scrape> ScrapeAsync() => Scrape.OfAsync(Http, Process.Http);

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync(Secret);
        _receiver.AnswerNext(410);
        _host = await HostProcess.StartAsync(
            [.. ChannelTests.Fast, "--Channels:Webhook:Url", _receiver.Url, "--Channels:Webhook:Secret", Secret, "--Learners:SnapshotFramesMax", "1", "--Telemetry:Dashboard", "true"]);
        _client = EngagementClient.Connect(_host.Grpc);
        Answers = await SendAsync(_client);
        var nudged = new NudgedClass(_client, "observed", 5);
        await nudged.EnrolAsync();
        await _client.Campaigns.UpsertCampaignAsync(new() { Campaign = nudged.Campaign("observed", NudgeChannel.Webhook) });
        await Eventually.HoldsAsync("all but one to be delivered", _deadline, () => _receiver.DeliveriesByKey.Count == nudged.Reachable.Count - 1);
        await Eventually.HoldsAsync(
            "the metrics that come with time", _deadline, async () => (await ScrapeAsync()) is var scrape && scrape.Sum("coursecompletion_dead_letters_taken_total") > 0
                && scrape.Names.Contains("coursecompletion_marks_overdue") && scrape.Sum("coursecompletion_events_course_duration_seconds_count") > 0 ? null : "not yet");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_client is not null)
            await _client.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
    }

    // By unary calls, which gather nothing: a batch each, in this order.
    private static async Task<EventResult[]> SendAsync(EngagementClient client)
    {
        var late = Events.Liked("ada", "algebra", 9);
        late.OccurredAt = Timestamp.FromDateTime(Events.Start.AddYears(-1));
        Event[][] batches =
        [
            [.. Enumerable.Range(0, 3).Select(i => Events.Liked("ada", "algebra", i))],
            [.. Enumerable.Range(0, 3).Select(i => Events.Liked("ada", "algebra", i)), Events.Malformed("ada", "algebra", 4), late],
        ];
        var answers = new List<EventResult>();
        foreach (var batch in batches)
            answers.AddRange((await client.Engagement.RecordEventsAsync(new() { Events = { batch } })).Results);

        return [.. answers];
    }
}
