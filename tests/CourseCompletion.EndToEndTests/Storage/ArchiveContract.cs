using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What every archive does with the frames that a store lets go of.</summary>
public abstract class ArchiveContract : IDisposable
{
    private static readonly LearnerKey _ada = LearnerKey.For(TenantId.Default, new LearnerId("ada"));
    private static readonly LearnerKey _bob = LearnerKey.For(TenantId.Default, new LearnerId("b/o|b ü"));

    protected ShiftedClock Clock { get; } = new();

    [Fact]
    public async Task Read_NothingArchived_IsEmpty() => Assert.Empty(await ReadAsync(Open()));

    [Fact]
    public async Task Append_SeveralTimes_IsReadInOrder()
    {
        var archive = Open();

        await archive.AppendAsync([Frame(_ada, 1, "one"), Frame(_ada, 2, "two")], 1, default);
        await archive.AppendAsync([Frame(_bob, 1, "")], 1, default);
        await archive.AppendAsync([], 1, default);
        await archive.AppendAsync([Frame(_ada, 3, "three")], 1, default);

        string[] expected = [$"{_ada}#1:one", $"{_ada}#2:two", $"{_bob}#1:", $"{_ada}#3:three"];
        Assert.Equal(expected, await ReadAsync(archive));
        Assert.Equal(expected, await ReadAsync(Reopen(archive)));
    }

    [Fact]
    public async Task Append_AnyBytesAndLargeFrames_AreReadAsTheyWere()
    {
        var large = new byte[3_000_000];
        new Random(11).NextBytes(large);
        var archive = Open();

        await archive.AppendAsync([new(_ada, new JournalFrame(long.MaxValue, large)), Frame(_ada, 2, "two")], 1, default);

        var frames = new List<ArchivedFrame>();
        await foreach (var frame in archive.ReadAsync(default))
            frames.Add(frame);

        Assert.Equal([long.MaxValue, 2], frames.Select(archived => archived.Frame.Sequence));
        Assert.True(frames[0].Frame.Payload.Span.SequenceEqual(large));
        Release(archive);
    }

    [Fact]
    public async Task Append_ManyAtOnce_KeepsEachCallTogetherAndLosesNothing()
    {
        var archive = Open();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(call => archive.AppendAsync(
            [.. Enumerable.Range(0, 20).Select(frame => Frame(_ada, (call * 20) + frame, "x"))], 1, default).AsTask()));

        var sequences = (await ReadAsync(archive)).Select(text => int.Parse(text.Split('#')[1].Split(':')[0])).ToArray();
        Assert.Equal(1_000, sequences.Distinct().Count());
        Assert.All(sequences.Chunk(20), call => Assert.Equal(Enumerable.Range(call[0], 20), call));
    }

    [Fact]
    public async Task Read_FramesOfSeveralIncarnations_TheHighestOfEachSequenceIsRead()
    {
        var archive = Open();
        await archive.AppendAsync([Frame(_ada, 1, "1"), Frame(_ada, 2, "lost"), Frame(_ada, 3, "lost"), Frame(_bob, 2, "kept")], 1, default);
        await archive.AppendAsync([Frame(_ada, 2, "lost too"), Frame(_ada, 3, "2")], 2, default);
        Clock.Advance(TimeSpan.FromDays(1));
        await archive.AppendAsync([Frame(_ada, 2, "3"), Frame(_ada, 4, "3")], 3, default);

        string[] expected = [$"{_ada}#1:1", $"{_bob}#2:kept", $"{_ada}#3:2", $"{_ada}#2:3", $"{_ada}#4:3"];
        Assert.Equal(expected, await ReadAsync(archive));
        Assert.Equal(expected, await ReadAsync(Reopen(archive)));
    }

    [Fact]
    public async Task DeleteBefore_ADay_RemovesOlderDaysOnly()
    {
        var archive = Open();
        await archive.AppendAsync([Frame(_ada, 1, "first day")], 1, default);
        Clock.Advance(TimeSpan.FromDays(1));
        await archive.AppendAsync([Frame(_ada, 2, "second day")], 1, default);
        Clock.Advance(TimeSpan.FromDays(1));
        await archive.AppendAsync([Frame(_ada, 3, "third day")], 1, default);
        var today = (int)(Clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;

        await archive.DeleteBeforeAsync(today - 1, default);
        Assert.Equal([$"{_ada}#2:second day", $"{_ada}#3:third day"], await ReadAsync(archive));

        await archive.DeleteBeforeAsync(today + 1, default);
        Assert.Empty(await ReadAsync(archive));

        await archive.AppendAsync([Frame(_ada, 4, "after")], 1, default);
        Assert.Equal([$"{_ada}#4:after"], await ReadAsync(Reopen(archive)));
    }

    public void Dispose()
    {
        CleanUp();
        GC.SuppressFinalize(this);
    }

    protected abstract IJournalArchive Open();

    protected abstract void CleanUp();

    private IJournalArchive Reopen(IJournalArchive archive)
    {
        Release(archive);
        return Open();
    }

    private static void Release(IJournalArchive archive) => (archive as IDisposable)?.Dispose();

    private static ArchivedFrame Frame(LearnerKey learner, long sequence, string payload) => new(learner, new JournalFrame(sequence, Encoding.UTF8.GetBytes(payload)));

    private static async Task<string[]> ReadAsync(IJournalArchive archive)
    {
        var frames = new List<string>();
        await foreach (var (learner, frame) in archive.ReadAsync(default))
            frames.Add($"{learner}#{frame.Sequence}:{Encoding.UTF8.GetString(frame.Payload.Span)}");

        return [.. frames];
    }
}
