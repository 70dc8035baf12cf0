using System.IO.Compression;
using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage.Archive;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>An embedded store and an archive that version 1 of the layout wrote are opened by every later release.</summary>
public sealed class SqliteGoldenTests : IDisposable
{
    private const string ArchiveName = "2026-03-01.1.1.ccjournal";

    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
    private static readonly GrainId _grain = GrainId.Create("learner", "default/ada");
    // The files hold the time at which they were made, which a machine's clock may not have reached.
    private static readonly TimeSpan _anyAge = TimeSpan.FromDays(-36_500);
    private static readonly DedupeSegmentId _segment = new("phone", 20_000);

    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Open_StoreOfVersion1_EverythingIsThere()
    {
        using (var packed = new GZipStream(new MemoryStream(await GoldenStoreFile.ReadAsync("sqlite-store.v1.gz.bin", MakeStoreAsync)), CompressionMode.Decompress))
        using (var file = File.Create(_directory.Store))
            await packed.CopyToAsync(file);

        // The golden store comes without its witness.
        await using var store = await _directory.OpenAcceptedAsync();

        Assert.Empty((await store.VerifyAllAsync(null, default)).Damages);
        var tail = await store.Journal.ReadTailAsync(Learner("ada"), 0, default);
        Assert.Equal((6, 3), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(Frames(4, 6), tail.Frames.Select(Text));
        Assert.Equal(Frames(1, 2), await FramesAsync(store, Learner("bob")));
        Assert.Equal((UInt128[])[1, 2, UInt128.MaxValue], (await store.Journal.ReadSegmentAsync(Learner("ada"), _segment, default)).Order());
        Assert.Equal([new(Learner("ada"), "default/c-1", 6)], await store.Pending.ReadOlderThanAsync(Learner("ada").Partition(64), _anyAge, 10, default));
        Assert.Equal([new(Learner("bob"), "default/c-2", 1)], await store.Pending.ReadOlderThanAsync(Learner("bob").Partition(64), _anyAge, 10, default));
        var rows = new List<StoredRosterRow>();
        await foreach (var read in store.Rosters.ReadAsync(_roster, default))
            rows.Add(read);

        var row = Assert.Single(rows);
        Assert.Equal(("ada", new RowVersion(1, 6, 2), "a row"), (row.Learner.Value, row.Version, Encoding.UTF8.GetString(row.Payload.Span)));
        var state = new GrainState<StoredPayload>();
        await store.Snapshots.ReadStateAsync("even", _grain, state);
        Assert.Equal("a snapshot", Encoding.UTF8.GetString(state.State!.Bytes.Span));
        var reminder = Assert.Single((await store.Reminders.ReadRows(_grain)).Reminders);
        Assert.Equal(("tick", DateTime.UnixEpoch, TimeSpan.FromMinutes(1)), (reminder.ReminderName, reminder.StartAt, reminder.Period));

        await AppendAsync(store, Learner("ada"), 7, 7);
        await store.RetireAsync(default);
        Assert.Equal(Frames(4, 7), await FramesAsync(store, Learner("ada")));
    }

    [Fact]
    public async Task Read_ArchiveOfVersion1_EverythingIsThere()
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory.Path, ArchiveName), await GoldenStoreFile.ReadAsync("archive.v1.bin", MakeArchiveAsync));

        using var archive = new FileJournalArchive(_directory.Path, retentionDays: 0, TimeProvider.System, NullLogger.Instance);
        var frames = new List<string>();
        await foreach (var (learner, frame) in archive.ReadAsync(default))
            frames.Add($"{learner} {frame.Sequence} {Text(frame)}");

        Assert.Equal(["default/ada 1 one", "default/bob 1 ", "default/ada 2 two again"], frames);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task<byte[]> MakeStoreAsync()
    {
        using var directory = new SqliteDirectory();
        await using (var store = await directory.OpenAsync())
        {
            await AppendAsync(store, Learner("ada"), 1, 4, "default/c-1");
            await AppendAsync(store, Learner("bob"), 1, 1, "default/c-1", "default/c-2");
            await store.Journal.SealAsync(new DedupeSeal(Learner("ada"), 3, [new(_segment, [1, 2])], []), default);
            await store.Journal.SealAsync(new DedupeSeal(Learner("ada"), 4, [new(_segment, [2, UInt128.MaxValue])], []), default);
            await store.Journal.TrimAsync(Learner("ada"), 2, 4, default);
            await store.Rosters.WriteAsync(_roster, [new(new LearnerId("ada"), new(1, 6, 2), Encoding.UTF8.GetBytes("a row"))], [], default);
            await store.Snapshots.WriteStateAsync("even", _grain, new GrainState<StoredPayload>(new StoredPayload { Bytes = Encoding.UTF8.GetBytes("a snapshot") }));
            await store.Reminders.UpsertRow(new ReminderEntry { GrainId = _grain, ReminderName = "tick", StartAt = DateTime.UnixEpoch, Period = TimeSpan.FromMinutes(1) });
            await store.RetireAsync(default);

            // So that the log too holds one of each entry.
            await AppendAsync(store, Learner("ada"), 5, 6, "default/c-1");
            await AppendAsync(store, Learner("bob"), 2, 2);
            await store.Pending.AcknowledgeAsync([new(Learner("bob"), "default/c-1", 1)], default);
            await store.Journal.TrimAsync(Learner("ada"), 3, 6, default);
        }

        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize))
            await zip.WriteAsync(await File.ReadAllBytesAsync(directory.Store));

        return packed.ToArray();
    }

    private static async Task<byte[]> MakeArchiveAsync()
    {
        using var directory = new SqliteDirectory();
        using (var archive = new FileJournalArchive(directory.Path, retentionDays: 0, TimeProvider.System, NullLogger.Instance))
        {
            await archive.AppendAsync([Frame("ada", 1, "one"), Frame("ada", 2, "two"), Frame("bob", 1, "")], 1, default);
            await archive.AppendAsync([Frame("ada", 2, "two again")], 2, default);
        }

        return await File.ReadAllBytesAsync(Directory.GetFiles(directory.Path, "*.ccjournal").Single());
    }

    private static ArchivedFrame Frame(string learner, long sequence, string payload) =>
        new(Learner(learner), new JournalFrame(sequence, Encoding.UTF8.GetBytes(payload)));
}
