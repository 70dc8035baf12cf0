using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage.Sqlite;
using CourseCompletion.Storage.Sqlite.Commits;
using CourseCompletion.Storage.Sqlite.Courses;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What comes upon damage fails alone: neither the appends of its transaction nor the requests beside it hear of it.</summary>
public sealed class SqliteIsolationTests : IDisposable
{
    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);

    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Commit_ARequestFailsHalfWay_ItsPartIsUndoneAndTheOthersAreWritten()
    {
        await using var store = await _directory.OpenAsync();
        var failing = new FailingRequest(WriteRoster("bob"));

        // One at a time until the failing request has shared a transaction: it waits with the others while the first is committed.
        var first = store.Journal.AppendAsync(new LearnerAppend(Learner("first"), 0, new byte[9], []), default);
        store.Writes.Add(failing);
        var append = store.Journal.AppendAsync(new LearnerAppend(Learner("ada"), 0, new byte[9], []), default);
        var roster = store.Rosters.WriteAsync(_roster, [new(new LearnerId("cid"), new(1, 1, 1), new byte[] { 4 })], [], default);

        await Assert.ThrowsAsync<StoreCorruptException>(() => failing.Completion);
        Assert.Equal((AppendOutcome.Applied, AppendOutcome.Applied), (await first, await append));
        await roster;
        Assert.Equal(["cid"], await RowsAsync(store));
    }

    [Fact]
    public async Task Commit_APageOfTheRosterIsDamaged_AppendsGoOn()
    {
        await MakeRosterAsync();
        DamageFirstPageOf("roster");
        await using var store = await _directory.OpenAsync();

        for (var sequence = 1; sequence <= 20; sequence++)
        {
            var roster = store.Rosters.WriteAsync(_roster, [new(new LearnerId("l-0"), new(2, 1, 1), new byte[] { 4 })], [], default).AsTask();
            var append = store.Journal.AppendAsync(new LearnerAppend(Learner("ada"), sequence - 1, new byte[9], []), default);

            Assert.Equal(AppendOutcome.Applied, await append);
            await Assert.ThrowsAsync<StoreCorruptException>(() => roster);
        }
    }

    [Fact]
    public async Task Commit_APageOfTheLearnersRowsIsDamaged_OnlyTheLearnersWhoNeedItHearOfIt()
    {
        await using (var store = await _directory.OpenAsync())
        {
            await AppendAsync(store, Learner("bob"), 1, 1);
            await store.RetireAsync(default);
            await AppendAsync(store, Learner("ada"), 1, 1);
        }

        // What is in the log is in memory after the start; bob's head has to be read from the rows.
        DamageFirstPageOf("sqlite_autoindex_tail_1");
        await using var damaged = await _directory.OpenAsync();
        for (var sequence = 2; sequence <= 20; sequence++)
        {
            var bob = damaged.Journal.AppendAsync(new LearnerAppend(Learner("bob"), 1, new byte[9], []), default).AsTask();
            var ada = damaged.Journal.AppendAsync(new LearnerAppend(Learner("ada"), sequence - 1, new byte[9], []), default).AsTask();
            var trim = damaged.Journal.TrimAsync(Learner("bob"), 0, 1, default).AsTask();

            Assert.Equal(AppendOutcome.Applied, await ada);
            await Assert.ThrowsAsync<StoreCorruptException>(() => bob);
            await Assert.ThrowsAsync<StoreCorruptException>(() => trim);
        }
    }

    [Fact]
    public async Task Retire_OneLearnersRowsAreDamaged_TheLogIsEmptiedAllTheSameAndNothingIsLost()
    {
        var learners = Enumerable.Range(0, 100).Select(number => Learner($"learner-{number:d3}")).ToArray();
        using var log = new RecordedLog();
        await using var store = await _directory.OpenAsync(loggers: log);
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 1, 1)));
        await store.RetireAsync(default);
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 2, 2)));

        // A fault of one learner's rows alone; a damaged page would hit its neighbours too.
        _directory.Execute(
            "CREATE TRIGGER damaged BEFORE INSERT ON tail WHEN new.learner='default/learner-042' BEGIN SELECT RAISE(ABORT, 'injected'); END; "
            + "UPDATE meta SET value=value");
        for (var retirement = 0; retirement < 3; retirement++)
        {
            await store.RetireAsync(default);

            Assert.Equal(199, _directory.Integer("SELECT count(*) FROM tail"));
            Assert.Equal(1, _directory.Integer("SELECT count(*) FROM log WHERE length(body)>17"));
            Assert.Equal(retirement + 1, log.Of(4011).Length);
            Assert.Equal(Frames(1, 2 + retirement), await FramesAsync(store, learners[42]));
            using (var crashed = _directory.Copy())
            await using (var restarted = await crashed.OpenAsync())
                Assert.Equal(Frames(1, 2 + retirement), await FramesAsync(restarted, learners[42]));

            await AppendAsync(store, learners[42], 3 + retirement, 3 + retirement);
        }

        _directory.Execute("DROP TRIGGER damaged; UPDATE meta SET value=value");
        await store.RetireAsync(default);
        Assert.Equal(200, _directory.Integer("SELECT count(*) FROM tail"));
        Assert.Equal(Frames(1, 5), await FramesAsync(store, learners[42]));
        Assert.Equal(Frames(1, 2), await FramesAsync(store, learners[43]));
    }

    public void Dispose() => _directory.Dispose();

    private static Action<SqliteDatabase> WriteRoster(string learner) => database =>
        RosterRows.Write(database, _roster, [new(new LearnerId(learner), new(1, 1, 1), new byte[] { 1 })]);

    private static async Task<string[]> RowsAsync(SqliteStore store)
    {
        var rows = new List<string>();
        await foreach (var row in store.Rosters.ReadAsync(_roster, default))
            rows.Add(row.Learner.Value);

        return [.. rows];
    }

    private async Task MakeRosterAsync()
    {
        await using var store = await _directory.OpenAsync();
        await store.Rosters.WriteAsync(
            _roster, [.. Enumerable.Range(0, 100).Select(number => new StoredRosterRow(new LearnerId($"l-{number}"), new(1, 1, 1), new byte[300]))], [], default);
    }

    private void DamageFirstPageOf(string table)
    {
        var page = _directory.Integer($"SELECT rootpage FROM sqlite_master WHERE name='{table}'");
        using var file = File.Open(_directory.Store, FileMode.Open);
        file.Position = (page - 1) * 4096;
        file.Write(new byte[64]);
    }

    private sealed class FailingRequest(Action<SqliteDatabase> write) : WriteRequest<bool>
    {
        public override void Apply(CommitTransaction transaction)
        {
            write(transaction.Database);
            transaction.MarkChanged();
            throw new StoreCorruptException("Injected.");
        }
    }
}
