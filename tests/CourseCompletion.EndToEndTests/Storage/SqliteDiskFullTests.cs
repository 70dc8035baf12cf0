using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage.Sqlite;
using CourseCompletion.Storage.Sqlite.Commits;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A full disk, as far as SQLite can tell: writes are refused, reads go on, and it recovers without a restart.</summary>
public sealed class SqliteDiskFullTests : IDisposable
{
    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task DiskFull_WritesFailReadsGoOnAndItRecovers()
    {
        await using var store = await _directory.OpenAsync();
        var (ada, bob) = (Learner("ada"), Learner("bob"));
        await AppendAsync(store, ada, 1, 5, "default/c-1");
        await LimitPagesAsync(store, pages: 1);

        // Something fits into the free room of the last page; after that, nothing does.
        var head = 0;
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; ; head++)
                await store.Journal.AppendAsync(new(bob, head, new byte[3000], ["default/c-1"]), default);
        });
        Assert.Contains("full", failure.Message, StringComparison.OrdinalIgnoreCase);

        var refused = Enumerable.Range(0, 50).Select(number => store.Journal.AppendAsync(new(Learner($"learner-{number}"), 0, new byte[3000], ["default/c-1"]), default).AsTask())
            .ToArray();
        foreach (var write in refused)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);

        Assert.Equal(Frames(1, 5), await FramesAsync(store, ada));
        Assert.Equal(head, (await store.Journal.ReadTailAsync(bob, 0, default)).HeadSequence);
        Assert.Equal(0, (await store.Journal.ReadTailAsync(Learner("learner-7"), 0, default)).HeadSequence);
        Assert.Contains(new PendingMark(ada, "default/c-1", 5), await store.Pending.ReadOlderThanAsync(ada.Partition(64), TimeSpan.Zero, 100, default));

        await LimitPagesAsync(store, pages: int.MaxValue);

        await AppendAsync(store, ada, 6, 6);
        await AppendAsync(store, Learner("learner-7"), 1, 1);
        Assert.Equal(AppendOutcome.Applied, await store.Journal.AppendAsync(new(bob, head, new byte[10], []), default));
        await store.RetireAsync(default);
        await store.StopAsync();

        await using var reopened = await _directory.OpenAsync();
        Assert.Equal(Frames(1, 6), await FramesAsync(reopened, ada));
        Assert.Equal(head + 1, (await reopened.Journal.ReadTailAsync(bob, 0, default)).HeadSequence);
    }

    [Fact]
    public async Task DiskFull_DuringRetirement_NothingIsLost()
    {
        await using var store = await _directory.OpenAsync();
        var learners = Enumerable.Range(0, 600).Select(number => Learner($"learner-{number}")).ToArray();
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 1, 3)));
        await LimitPagesAsync(store, pages: 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.RetireAsync(default));

        foreach (var learner in learners)
            Assert.Equal(Frames(1, 3), await FramesAsync(store, learner));

        await LimitPagesAsync(store, pages: int.MaxValue);
        await store.RetireAsync(default);
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 4, 4)));
        foreach (var learner in learners)
            Assert.Equal(Frames(1, 4), await FramesAsync(store, learner));
    }

    [Fact]
    public async Task DiskFull_RosterWrite_FailsWhole()
    {
        await using var store = await _directory.OpenAsync();
        var roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
        await LimitPagesAsync(store, pages: 1);

        var rows = Enumerable.Range(0, 100).Select(number => new StoredRosterRow(new LearnerId($"learner-{number}"), new(1, 1, 1), new byte[1000])).ToArray();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rosters.WriteAsync(roster, rows, [], default).AsTask());

        await foreach (var row in store.Rosters.ReadAsync(roster, default))
            Assert.Fail($"Row {row.Learner} was written by a transaction that failed.");
    }

    public void Dispose() => _directory.Dispose();

    private static Task<bool> LimitPagesAsync(SqliteStore store, int pages)
    {
        var request = new PageLimit(pages);
        store.Writes.Add(request);
        return request.Completion;
    }

    // The limit never goes below the pages that there are, so 1 means: not one page more.
    private sealed class PageLimit(int pages) : WriteRequest<bool>
    {
        public override void Apply(CommitTransaction transaction) =>
            transaction.Database.Execute($"PRAGMA max_page_count={pages}");
    }
}
