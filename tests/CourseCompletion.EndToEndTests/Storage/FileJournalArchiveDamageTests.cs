using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage.Archive;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>What a crash or a bad disk does to archive files, and what the archive makes of it.</summary>
public sealed class FileJournalArchiveDamageTests : IDisposable
{
    private static readonly LearnerKey _ada = LearnerKey.For(TenantId.Default, new LearnerId("ada"));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coursecompletion-archive-");

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    public async Task Append_AfterATornBlock_CutsItOff(int bytesMissing)
    {
        await ArchiveAsync(1, 2);
        var whole = File().Length;
        await ArchiveAsync([.. Enumerable.Range(3, 100).Select(sequence => (long)sequence)]);
        Resize(File().Length - bytesMissing);
        Assert.Equal([1L, 2], await ReadAsync());

        // Shorter than what was torn, whose end must not stay behind it.
        await ArchiveAsync(4);

        Assert.Equal([1L, 2, 4], await ReadAsync());
        Assert.InRange(File().Length, whole + 1, 2 * whole);
        await ArchiveAsync(5);
        Assert.Equal([1L, 2, 4, 5], await ReadAsync());
    }

    [Fact]
    public async Task Append_AfterABlockOfZeros_CutsItOff()
    {
        await ArchiveAsync(1, 2);
        Resize(File().Length + 500);
        Assert.Equal([1L, 2], await ReadAsync());

        await ArchiveAsync(3);

        Assert.Equal([1L, 2, 3], await ReadAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task Read_DamageInTheMiddle_IsReportedAndNothingBehindItIsCutOff(int position)
    {
        await ArchiveAsync(1);
        await ArchiveAsync(2);
        Flip(position);
        var length = File().Length;

        await Assert.ThrowsAsync<StoreCorruptException>(ReadAsync);
        await ArchiveAsync(3);

        Assert.True(Files().First().Length >= length, "Frames behind the damage were cut off.");
        using var archive = Open();
        var damages = new List<string>();
        await archive.VerifyAsync(damages, default);
        Assert.Contains(Files().First().Name, Assert.Single(damages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_FileWithADamagedHeader_GoesToAnotherFile()
    {
        await ArchiveAsync(1);
        await ArchiveAsync(2);
        Flip(0);

        await ArchiveAsync(3);

        Assert.Equal(2, Files().Length);
        Files()[0].Delete();
        Assert.Equal([3L], await ReadAsync());
    }

    [Fact]
    public async Task Append_TwoProcessesOnOneDirectory_WriteFilesOfTheirOwn()
    {
        using var first = Open();
        using var second = Open();

        for (var sequence = 1; sequence <= 20; sequence++)
            await (sequence % 2 == 0 ? first : second).AppendAsync([Frame(sequence)], 1, default);

        Assert.Equal(2, Files().Length);
        Assert.Equal(Enumerable.Range(1, 20).Select(sequence => (long)sequence), (await ReadAsync()).Order());
    }

    [Fact]
    public async Task Append_RetentionOver_DeletesOldFiles()
    {
        var clock = new ShiftedClock();
        using var archive = new FileJournalArchive(_directory.FullName, retentionDays: 10, clock, NullLogger.Instance);
        await archive.AppendAsync([Frame(1)], 1, default);
        clock.Advance(TimeSpan.FromDays(9));
        await archive.AppendAsync([Frame(2)], 1, default);
        Assert.Equal([1L, 2], await ReadAsync());

        clock.Advance(TimeSpan.FromDays(5));
        await archive.AppendAsync([Frame(3)], 1, default);

        Assert.Equal([2L, 3], await ReadAsync());
    }

    [Fact]
    public async Task Append_ClockIsFarBeyondTheNewestFile_PutsDeletionOff()
    {
        var clock = new ShiftedClock();
        using var archive = new FileJournalArchive(_directory.FullName, retentionDays: 10, clock, NullLogger.Instance);
        await archive.AppendAsync([Frame(1)], 1, default);
        clock.Advance(TimeSpan.FromDays(400));
        await archive.AppendAsync([Frame(2)], 1, default);
        Assert.Equal([1L, 2], await ReadAsync());

        clock.Advance(TimeSpan.FromDays(1));
        await archive.AppendAsync([Frame(3)], 1, default);
        Assert.Equal([1L, 2, 3], await ReadAsync());

        // The gap itself is past the retention now, so it was a pause and no mistake.
        clock.Advance(TimeSpan.FromDays(11));
        await archive.AppendAsync([Frame(4)], 1, default);
        Assert.Equal([4L], await ReadAsync());
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private FileJournalArchive Open() => new(_directory.FullName, retentionDays: 0, TimeProvider.System, NullLogger.Instance);

    // Opened anew each time, as after a crash.
    private async Task ArchiveAsync(params long[] sequences)
    {
        using var archive = Open();
        await archive.AppendAsync([.. sequences.Select(Frame)], 1, default);
    }

    private static ArchivedFrame Frame(long sequence) => new(_ada, new JournalFrame(sequence, Encoding.UTF8.GetBytes($"frame {sequence}")));

    private async Task<List<long>> ReadAsync()
    {
        using var archive = Open();
        var sequences = new List<long>();
        await foreach (var (_, frame) in archive.ReadAsync(default))
            sequences.Add(frame.Sequence);

        return sequences;
    }

    private FileInfo[] Files() => [.. _directory.EnumerateFiles("*.ccjournal").OrderBy(file => file.Name, StringComparer.Ordinal)];

    private FileInfo File() => Files()[^1];

    private void Resize(long length)
    {
        using var file = File().OpenWrite();
        file.SetLength(length);
    }

    private void Flip(int position)
    {
        using var file = File().Open(FileMode.Open);
        file.Position = position;
        var value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
