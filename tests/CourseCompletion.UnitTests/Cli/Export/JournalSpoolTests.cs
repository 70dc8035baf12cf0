using System.Text;
using CourseCompletion.Cli.Export;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Export;

public class JournalSpoolTests
{
    private static readonly LearnerKey _ada = LearnerKey.For(TenantId.Default, new("ada"));

    [Fact]
    public void Journals_FramesOfStoreAndArchiveInAnyOrder_StandOnceAndInOrder()
    {
        using var files = new TemporaryFiles();
        using var spool = new JournalSpool(files.PathOf("spool"));
        spool.Stored(_ada, Frame(3));
        spool.Archived(_ada, Frame(2), 1);
        spool.Archived(_ada, Frame(3), 1);
        spool.Archived(_ada, Frame(1), 1);
        spool.Archived(_ada, Frame(2), 1);

        var journal = Assert.Single(spool.Journals());

        Assert.Equal(["1", "2", "3"], journal.Frames.Select(Text));
        Assert.Equal((_ada, 0, 0), (journal.Learner, journal.Missing, spool.Beyond));
    }

    [Fact]
    public void Journals_AfterARestore_TheNewerIncarnationAndTheStoreCount()
    {
        using var files = new TemporaryFiles();
        using var spool = new JournalSpool(files.PathOf("spool"));
        spool.Archived(_ada, Frame(1, "old"), 1);
        spool.Archived(_ada, Frame(1, "new"), 2);
        spool.Archived(_ada, Frame(2, "old"), 1);
        spool.Archived(_ada, Frame(3, "taken back"), 1);
        spool.Stored(_ada, Frame(2, "stored"));
        spool.Archived(LearnerKey.For(TenantId.Default, new("unknown")), Frame(1), 1);

        var journal = Assert.Single(spool.Journals());

        Assert.Equal(["new", "stored"], journal.Frames.Select(Text));
        Assert.Equal(2, spool.Beyond);
    }

    [Fact]
    public void Journals_TrimmedFramesInNoArchive_AreCounted()
    {
        using var files = new TemporaryFiles();
        using var spool = new JournalSpool(files.PathOf("spool"));
        spool.Archived(_ada, Frame(2), 1);
        spool.Stored(_ada, Frame(5));

        Assert.Equal(3, Assert.Single(spool.Journals()).Missing);
    }

    private static JournalFrame Frame(long sequence, string? payload = null) => new(sequence, Encoding.UTF8.GetBytes(payload ?? $"{sequence}"));

    private static string Text(JournalFrame frame) => Encoding.UTF8.GetString(frame.Payload.Span);
}
