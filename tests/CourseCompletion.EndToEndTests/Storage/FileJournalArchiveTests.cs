using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Archive;
using Microsoft.Extensions.Logging.Abstractions;

namespace CourseCompletion.EndToEndTests.Storage;

public sealed class FileJournalArchiveTests : ArchiveContract
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coursecompletion-archive-");

    protected override IJournalArchive Open() =>
        FileJournalArchive.Open(new StorageOptions { DataDirectory = _directory.FullName }, Clock, NullLoggerFactory.Instance);

    protected override void CleanUp() => _directory.Delete(recursive: true);
}
