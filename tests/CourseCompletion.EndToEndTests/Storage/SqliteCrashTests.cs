using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What was acknowledged survives a crash, which is simulated by copying the files of a store that is still open.</summary>
public sealed class SqliteCrashTests : IDisposable
{
    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Crash_BeforeRetirement_NothingIsMissing()
    {
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 20, "default/c-1");
        await AppendAsync(store, Learner("bob"), 1, 3, "default/c-1", "default/c-2");
        await store.Pending.AcknowledgeAsync([new(Learner("bob"), "default/c-1", 3)], default);
        await store.Journal.TrimAsync(Learner("ada"), 15, 20, default);

        using var copy = _directory.Copy();
        await using var crashed = await copy.OpenAsync();

        await AssertStateAsync(crashed);
        await AppendAsync(crashed, Learner("ada"), 21, 21);
    }

    [Fact]
    public async Task Crash_AfterRetirement_NothingIsMissing()
    {
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 12, "default/c-1");
        await AppendAsync(store, Learner("bob"), 1, 3, "default/c-1", "default/c-2");
        await store.RetireAsync(default);
        await AppendAsync(store, Learner("ada"), 13, 20, "default/c-1");
        await store.Pending.AcknowledgeAsync([new(Learner("bob"), "default/c-1", 3)], default);
        await store.Journal.TrimAsync(Learner("ada"), 15, 20, default);

        using (var copy = _directory.Copy())
        await using (var crashed = await copy.OpenAsync())
            await AssertStateAsync(crashed);

        await store.RetireAsync(default);
        using (var copy = _directory.Copy())
        await using (var crashed = await copy.OpenAsync())
            await AssertStateAsync(crashed);
    }

    [Fact]
    public async Task Crash_BetweenTheSlicesOfARetirement_NothingIsMissingOrDoubled()
    {
        // 5,000 learners are two slices; the archive refuses the second one twice, so rows and log both hold the first slice's frames, trimmed in between.
        var archive = new FailingArchive { FailsAt = [2, 4] };
        await using var store = _directory.Open(archive);
        var learners = Enumerable.Range(0, 5_000).Select(number => Learner($"learner-{number:d4}")).ToArray();
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 1, 3)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.RetireAsync(default));
        await Task.WhenAll(learners.Select(learner => store.Journal.TrimAsync(learner, 1, 3, default).AsTask()));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.RetireAsync(default));
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 4, 5)));

        using var copy = _directory.Copy();
        var after = new FailingArchive();
        await using (var crashed = copy.Open(after))
        {
            await AssertAllAsync(crashed, 5);
            await crashed.RetireAsync(default);
            await AssertAllAsync(crashed, 5);
        }

        await using (var again = copy.Open(after))
        {
            await AssertAllAsync(again, 5);
            await Task.WhenAll(learners.Select(learner => AppendAsync(again, learner, 6, 6)));
            await again.RetireAsync(default);
            await AssertAllAsync(again, 6);
        }

        foreach (var learner in learners)
            Assert.Equal(Frames(1, 6), archive.Of(learner).Concat(after.Of(learner)).DistinctBy(frame => frame.Sequence).Select(Text));

        async Task AssertAllAsync(SqliteStore opened, int head)
        {
            foreach (var learner in learners)
                Assert.Equal(Frames(2, head), await FramesAsync(opened, learner));
        }
    }

    [Fact]
    public async Task Crash_TrimInRowsOnly_StaysTrimmed()
    {
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 10);
        await store.Journal.TrimAsync(Learner("ada"), 4, 10, default);
        await store.RetireAsync(default);
        await AppendAsync(store, Learner("ada"), 11, 11);

        using var copy = _directory.Copy();
        await using (var crashed = await copy.OpenAsync())
        {
            await AppendAsync(crashed, Learner("ada"), 12, 12);
            await crashed.RetireAsync(default);
        }

        await using var again = await copy.OpenAsync();
        var tail = await again.Journal.ReadTailAsync(Learner("ada"), 0, default);
        Assert.Equal((12L, 4L), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(Frames(5, 12), tail.Frames.Select(Text));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Crash_WithTheLogPartlyForgotten_NothingIsMissingOrDoubled(int forgottenCommits)
    {
        // Commits 1 to 10 append a frame each, commit 11 trims.
        await using var store = await _directory.OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, 10);
        await store.Journal.TrimAsync(Learner("ada"), 4, 10, default);
        using var copy = _directory.Copy();
        await store.RetireAsync(default);
        await store.StopAsync();

        // The rows of the retired store, and what the log would hold had the process died while it was being emptied.
        copy.Execute($"ATTACH '{_directory.Store}' AS retired; INSERT INTO tail SELECT * FROM retired.tail; DELETE FROM log WHERE commit_no<={forgottenCommits}");
        await using (var crashed = await copy.OpenAsync())
        {
            await AssertAsync(crashed, 10, 4);
            Assert.Equal(AppendOutcome.Fenced, await crashed.Journal.TrimAsync(Learner("ada"), 5, 9, default));
            await AppendAsync(crashed, Learner("ada"), 11, 12);
            await AssertAsync(crashed, 12, 4);
            await crashed.RetireAsync(default);
            await AssertAsync(crashed, 12, 4);
            await crashed.Journal.TrimAsync(Learner("ada"), 11, 12, default);
            await AssertAsync(crashed, 12, 11);
        }

        await using var again = await copy.OpenAsync();
        await again.RetireAsync(default);
        await AssertAsync(again, 12, 11);
        await AppendAsync(again, Learner("ada"), 13, 13);
        await AssertAsync(again, 13, 11);

        static async Task AssertAsync(SqliteStore opened, int head, int trimmed)
        {
            var tail = await opened.Journal.ReadTailAsync(Learner("ada"), 0, default);
            Assert.Equal((head, trimmed), (tail.HeadSequence, tail.TrimmedThrough));
            Assert.Equal(Frames(trimmed + 1, head), tail.Frames.Select(Text));
            Assert.Equal(Frames(head, head), await FramesAsync(opened, Learner("ada"), head - 1));
        }
    }

    [Fact]
    public async Task Crash_Repeatedly_HeadsAndTrimsStay()
    {
        var directory = _directory;
        var copies = new List<SqliteDirectory>();
        try
        {
            for (var round = 0; round < 6; round++)
            {
                await using var store = await directory.OpenAsync();
                await AppendAsync(store, Learner("ada"), (round * 10) + 1, (round * 10) + 10);
                if (round > 0)
                    await store.Journal.TrimAsync(Learner("ada"), (round * 10) - 5, (round * 10) + 10, default);

                if (round % 2 == 0)
                    await store.RetireAsync(default);

                directory = directory.Copy();
                copies.Add(directory);
            }

            await using var last = await directory.OpenAsync();
            var tail = await last.Journal.ReadTailAsync(Learner("ada"), 0, default);
            Assert.Equal((60L, 45L), (tail.HeadSequence, tail.TrimmedThrough));
            Assert.Equal(Frames(46, 60), tail.Frames.Select(Text));
        }
        finally
        {
            copies.ForEach(copy => copy.Dispose());
        }
    }

    public void Dispose() => _directory.Dispose();

    private static async Task AssertStateAsync(SqliteStore store)
    {
        var ada = await store.Journal.ReadTailAsync(Learner("ada"), 0, default);
        Assert.Equal((20L, 15L), (ada.HeadSequence, ada.TrimmedThrough));
        Assert.Equal(Frames(16, 20), ada.Frames.Select(Text));
        Assert.Equal(Frames(1, 3), await FramesAsync(store, Learner("bob")));

        var marks = new List<PendingMark>();
        for (var partition = 0; partition < store.Pending.PartitionCount; partition++)
            marks.AddRange(await store.Pending.ReadOlderThanAsync(partition, TimeSpan.Zero, 100, default));

        Assert.Equal(
            [new(Learner("ada"), "default/c-1", 20), new(Learner("bob"), "default/c-2", 3)],
            marks.OrderBy(mark => mark.Learner.Value, StringComparer.Ordinal));
        Assert.Empty((await store.VerifyAllAsync(null, default)).Damages);
    }

    /// <summary>Keeps frames in memory, and refuses some calls.</summary>
    private sealed class FailingArchive : IJournalArchive
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<LearnerKey, List<JournalFrame>> _frames = [];
        private int _calls;

        public int[] FailsAt { get; init; } = [];

        public ValueTask AppendAsync(IReadOnlyList<ArchivedFrame> frames, long incarnation, CancellationToken cancellationToken)
        {
            if (FailsAt.Contains(++_calls))
                throw new StoreUnavailableException("The archive's disk is full.");

            lock (_gate)
            {
                foreach (var (learner, frame) in frames)
                {
                    if (!_frames.TryGetValue(learner, out var archived))
                        _frames.Add(learner, archived = []);

                    archived.Add(frame with { Payload = frame.Payload.ToArray() });
                }
            }

            return ValueTask.CompletedTask;
        }

        public IAsyncEnumerable<ArchivedFrame> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask DeleteBeforeAsync(int day, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IReadOnlyList<JournalFrame> Of(LearnerKey learner)
        {
            lock (_gate)
                return _frames.TryGetValue(learner, out var frames) ? [.. frames] : [];
        }
    }
}
