using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Export;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.EndToEndTests.Storage;
using CourseCompletion.Storage;
using Xunit;

namespace CourseCompletion.EndToEndTests.Export;

/// <summary>What the engine stored comes out as it was sent, and a model can be learned from it.</summary>
[Collection(RedisCollection.Name)]
public sealed class ExportTests(SharedRedisServer shared)
{
    private const long StartMs = 1_700_000_000_000;

    private static readonly ExportPolicy _policy = new(StartMs, MaturityPolicy.Default, IsBackfilled: false);
    private static readonly CourseDefinition _course = CourseDefinition.Draft(new("algebra"), StartMs);

    [Fact]
    public async Task Export_StoreThatIsServed_HasWhatWasSentAndTrainsAModel()
    {
        using var files = new TemporaryDirectory();
        string[] Paths(string name) => [Path.Combine(files.Path, name)];
        await RunAsync(["simulate", "--learners", "80", "--courses", "2", "--days", "28", "--out", .. Paths("sent")]);
        await using (var host = await HostProcess.StartAsync())
        {
            await RunAsync(["replay", "--target", host.Grpc.AbsoluteUri, "--data", .. Paths("sent")]);
            await RunAsync(["export", "--backfilled", "--data", host.DataDirectory, "--out", .. Paths("exported")]);

            Assert.Equal(0, await host.StopAsync());
            await RunAsync(["doctor", "--verify", "--data", host.DataDirectory]);
        }

        var (sent, exported) = (EventsOf(Paths("sent")[0]), EventsOf(Paths("exported")[0]));
        Assert.Equal(sent.Keys.Order(), exported.Keys.Order());
        foreach (var (learner, events) in sent)
        {
            Assert.Equal(events.OrderBy(e => e.EventId, StringComparer.Ordinal), exported[learner].OrderBy(e => e.EventId, StringComparer.Ordinal));
            Assert.Equal(FactsOf(events), FactsOf(exported[learner]));
        }

        var outcomes = new NeutralLayout(Paths("exported")[0]).ReadOutcomes(new()).ToList();
        Assert.Equal(new NeutralLayout(Paths("sent")[0]).ReadOutcomes(new()).Count(), outcomes.Count);
        Assert.Equal(2, outcomes.Select(outcome => outcome.Completed).Distinct().Count());
        await RunAsync(["train", "--data", .. Paths("exported"), "--out", .. Paths("exported.model")]);
    }

    [Fact]
    public async Task Export_TrimmedFrames_ComeFromTheArchiveOrAreSaidToBeMissing()
    {
        using var directory = new SqliteDirectory();
        await using (var store = await directory.OpenAsync())
        {
            await AppendAsync(store.Journal, 1, 20);
            Assert.Equal(AppendOutcome.Applied, await store.Journal.TrimAsync(SqliteDirectory.Learner("ada"), 15, 20, default));
            await store.RetireAsync(default);
            await AppendAsync(store.Journal, 21, 22);

            // Twenty frames are in the archive, five of them in rows too, and two in the log of the store that is open.
            Assert.Equal(Enumerable.Range(1, 22).Select(i => $"e{i}"), await ExportAsync(directory, missing: 0));
        }

        Directory.Delete(Path.Combine(directory.Path, "archive"), recursive: true);

        Assert.Equal(Enumerable.Range(16, 7).Select(i => $"e{i}"), await ExportAsync(directory, missing: 15));
    }

    [RedisFact]
    public async Task Export_Redis_HasJournalsAndCourses()
    {
        using var files = new TemporaryDirectory();
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        await AppendAsync(store.Journal, 1, 300);

        // As Orleans' storage keeps a grain's state.
        await (await stores.AdminAsync()).HashSetAsync($"{stores.ServiceId}/state/course/default/algebra/course", [new("etag", "1"), new("data", CourseCodec.Encode(_course, 1))]);
        var to = new DirectoryInfo(Path.Combine(files.Path, "exported"));
        var export = new StoreExport(new StorageOptions { Redis = shared.Server.ConnectionString }, stores.ServiceId, [], _policy);

        var tally = await export.RunAsync(to, new Progress<VerificationProgress>(), static _ => { }, CancellationToken.None);

        Assert.Equal((300, 0), (tally.Events, tally.MissingFrames));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"e{i}"), EventsOf(to.FullName)["ada"].Select(e => e.EventId));
        Assert.Equal("algebra", Assert.Single(new NeutralLayout(to.FullName).ReadCourses(new())).CourseId);
    }

    [Fact]
    public async Task Export_NoStoreOrDirectoryInUse_SaysSoAndLeavesNothing()
    {
        using var files = new TemporaryDirectory();
        var to = Path.Combine(files.Path, "exported");

        Assert.Contains("There is no store", await RunAsync(["export", "--data", files.Path, "--out", to], expected: 1), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(files.Path));
        Assert.Contains("is not empty", await RunAsync(["export", "--data", files.Path, "--out", AppContext.BaseDirectory], expected: 1), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> ExportAsync(SqliteDirectory directory, long missing)
    {
        using var files = new TemporaryDirectory();
        var to = new DirectoryInfo(Path.Combine(files.Path, "exported"));
        var export = new StoreExport(new StorageOptions { DataDirectory = directory.Path }, "", [directory.Path], _policy);

        var tally = await export.RunAsync(to, new Progress<VerificationProgress>(), static _ => { }, CancellationToken.None);

        Assert.Equal((missing, 1), (tally.MissingFrames, tally.Learners));
        Assert.Equal([to.FullName], Directory.GetFileSystemEntries(files.Path));
        return EventsOf(to.FullName)["ada"].Select(e => e.EventId);
    }

    private static async Task AppendAsync(ILearnerJournal journal, int from, int through)
    {
        for (var sequence = from; sequence <= through; sequence++)
        {
            var e = new LearnerEvent
            {
                Source = "test",
                EventId = $"e{sequence}",
                Course = _course.Course,
                Kind = EventKind.ActivityRecorded,
                Family = ActivityFamily.Content,
                Count = sequence,
                OccurredAtMs = StartMs + sequence,
            };
            var frame = new LearnerFrame(sequence, StartMs + sequence, 1, "prior-1", [e], null, []);
            Assert.Equal(
                AppendOutcome.Applied, await journal.AppendAsync(new(SqliteDirectory.Learner("ada"), sequence - 1, frame.Encode(new PayloadWriter(256)), []), default));
        }
    }

    private static Dictionary<string, List<LearnerEvent>> EventsOf(string directory) => new NeutralLayout(directory).ReadHistory(new())
        .GroupBy(received => received.Event.LearnerId)
        .ToDictionary(group => group.Key, group => group.Select(received => HistoryMapping.ToDomain(received.Event)).ToList());

    private static IEnumerable<ulong> FactsOf(List<LearnerEvent> events)
    {
        var state = new LearnerState();
        foreach (var e in events)
        {
            LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        return [.. state.Enrolments.ToArray().OrderBy(enrolment => enrolment.Course.Value, StringComparer.Ordinal).Select(FactHash.Of)];
    }

    private static async Task<string> RunAsync(string[] arguments, int expected = 0)
    {
        await using var tool = ChildProcess.StartDotnet("CourseCompletion.Cli", arguments);
        var code = await tool.ExitCodeAsync(TimeSpan.FromMinutes(4));
        Assert.True(code == expected, tool.Describe());
        return tool.Output + tool.Errors;
    }
}
