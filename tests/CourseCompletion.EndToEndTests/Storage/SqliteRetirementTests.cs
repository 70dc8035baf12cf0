using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Data.Sqlite;
using Xunit;
using static CourseCompletion.EndToEndTests.Storage.SqliteDirectory;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Moving frames from memory to rows and archive changes nothing that a caller sees, and keeps the log short.</summary>
public sealed class SqliteRetirementTests : IDisposable
{
    private const int WindowBytes = 256 * 1024;
    private const int FrameBytes = 400;

    private readonly SqliteDirectory _directory = new();

    [Fact]
    public async Task Append_ManyTimesTheWindow_EverythingStaysReadable()
    {
        var learners = Enumerable.Range(0, 40).Select(number => Learner($"learner-{number}")).ToArray();
        await using (var store = await _directory.OpenAsync(options => options.WindowBytesMax = WindowBytes))
        {
            await Task.WhenAll(learners.Select(async (learner, number) =>
            {
                for (var sequence = 1; sequence <= 300; sequence++)
                {
                    Assert.Equal(AppendOutcome.Applied, await store.Journal.AppendAsync(new(learner, sequence - 1, Payload(number, sequence), []), default));
                    if (sequence % 100 == 0)
                        Assert.Equal(AppendOutcome.Applied, await store.Journal.TrimAsync(learner, sequence - 60, sequence, default));

                    if (sequence % 7 == 0)
                        await AssertTailAsync(store.Journal, learner, number, sequence);
                }
            }));
        }

        Assert.True(LogBytes() < 4 * WindowBytes, $"The log still has {LogBytes()} bytes.");

        await using var reopened = await _directory.OpenAsync();
        for (var number = 0; number < learners.Length; number++)
            await AssertTailAsync(reopened.Journal, learners[number], number, 300);

        // All that was trimmed must be in the archive, each frame as it was.
        await reopened.RetireAsync(default);
        var archived = new Dictionary<(LearnerKey, long), byte[]>();
        await foreach (var (learner, frame) in reopened.Archive.ReadAsync(default))
            archived[(learner, frame.Sequence)] = frame.Payload.ToArray();

        for (var number = 0; number < learners.Length; number++)
        {
            for (var sequence = 1; sequence <= 240; sequence++)
                Assert.Equal(Payload(number, sequence), archived[(learners[number], sequence)]);
        }
    }

    [Fact]
    public async Task Retire_IdleLearnersForgotten_HeadsAreReadBack()
    {
        await using var store = await _directory.OpenAsync(options => options.IdleLearnersMax = 1024);
        var learners = Enumerable.Range(0, 3_000).Select(number => Learner($"learner-{number}")).ToArray();
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 1, 1)));
        await store.RetireAsync(default);
        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 2, 2)));
        await store.RetireAsync(default);

        await Task.WhenAll(learners.Select(learner => AppendAsync(store, learner, 3, 3)));
        Assert.Equal(AppendOutcome.Fenced, await store.Journal.AppendAsync(new(learners[0], 2, Encoding.UTF8.GetBytes("stale"), []), default));

        foreach (var learner in learners)
            Assert.Equal(Frames(1, 3), await FramesAsync(store, learner));
    }

    [Fact]
    public async Task Retire_PendingMarks_StayWithTheirAge()
    {
        var clock = new ShiftedClock();
        var ada = Learner("ada");
        var partition = ada.Partition(64);
        await using (var store = await _directory.OpenAsync(time: clock))
        {
            await AppendAsync(store, ada, 1, 1, "default/c-1", "default/c-2");
            clock.Advance(TimeSpan.FromMinutes(1));
            await store.RetireAsync(default);
            await store.Pending.AcknowledgeAsync([new(ada, "default/c-2", 1)], default);
            await AppendAsync(store, ada, 2, 2, "default/c-1");
            await store.RetireAsync(default);
            await AppendAsync(store, ada, 3, 3, "default/c-2");
        }

        await using var reopened = await _directory.OpenAsync(time: clock);
        Assert.Equal([new PendingMark(ada, "default/c-1", 2)], await reopened.Pending.ReadOlderThanAsync(partition, TimeSpan.FromSeconds(30), 10, default));
        Assert.Equal(2, (await reopened.Pending.ReadOlderThanAsync(partition, TimeSpan.Zero, 10, default)).Count);
    }

    [Fact]
    public async Task Append_MarksAtTheirCap_AreRefusedUntilSomeAreTold()
    {
        await using var store = await _directory.OpenAsync(options => options.PendingMarksMax = 1000);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => AppendAsync(store, Learner($"learner-{number}"), 1, 1, "default/c-1")));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync(store, Learner("ada"), 1, 1, "default/c-1"));
        await AppendAsync(store, Learner("learner-7"), 2, 2, "default/c-1");
        await AppendAsync(store, Learner("bob"), 1, 1);

        await store.Pending.AcknowledgeAsync([new(Learner("learner-7"), "default/c-1", 2)], default);
        await AppendAsync(store, Learner("ada"), 1, 1, "default/c-1");
    }

    [Fact]
    public async Task Append_ArchiveRefusesForLong_IsRefusedBeforeMemoryOverflowsAndRecovers()
    {
        var archive = new RecordingArchive { Refuses = true };
        await using var store = _directory.Open(archive, options => options.WindowBytesMax = WindowBytes);
        var ada = Learner("ada");
        var payload = new byte[4096];
        var head = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; head * payload.Length < 20 * WindowBytes; head++)
                await store.Journal.AppendAsync(new(ada, head, payload, []), default);
        });
        Assert.InRange(head * payload.Length, WindowBytes, 2 * WindowBytes);
        Assert.Equal(head, (await store.Journal.ReadTailAsync(ada, 0, default)).Frames.Count);

        archive.Refuses = false;
        await store.RetireAsync(default);

        Assert.Equal(AppendOutcome.Applied, await store.Journal.AppendAsync(new(ada, head, payload, []), default));
        Assert.Equal(head, archive.Of(ada).DistinctBy(frame => frame.Sequence).Count(frame => frame.Sequence <= head));
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] Payload(int learner, int sequence)
    {
        var payload = new byte[FrameBytes];
        Array.Fill(payload, (byte)(learner + sequence));
        return payload;
    }

    private static async Task AssertTailAsync(ILearnerJournal journal, LearnerKey learner, int number, int head)
    {
        var tail = await journal.ReadTailAsync(learner, 0, default);
        Assert.Equal(head, tail.HeadSequence);
        Assert.Equal(head < 100 ? 0 : (head / 100 * 100) - 60, tail.TrimmedThrough);
        Assert.Equal(Enumerable.Range((int)tail.TrimmedThrough + 1, head - (int)tail.TrimmedThrough), tail.Frames.Select(frame => (int)frame.Sequence));
        Assert.All(tail.Frames, frame => Assert.True(frame.Payload.Span.SequenceEqual(Payload(number, (int)frame.Sequence))));
    }

    private long LogBytes()
    {
        using var connection = new SqliteConnection($"Data Source={_directory.Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sum(length(body)) FROM log";
        return (long)command.ExecuteScalar()!;
    }
}
