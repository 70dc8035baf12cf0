using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Archive;

internal sealed partial class FileJournalArchive
{
    [LoggerMessage(4040, LogLevel.Warning, "The last {Bytes} bytes of archive file {File} are a block torn by a crash; they are cut off, and their frames are archived again.")]
    private partial void LogTornBlock(ArchiveFileName file, long bytes);

    [LoggerMessage(4041, LogLevel.Information, "Archive file {File} was deleted, its retention being over.")]
    private partial void LogDeleted(ArchiveFileName file);

    [LoggerMessage(4043, LogLevel.Warning, "Nothing was archived between {Earlier} and {Later}: is the clock right? Files past their retention are kept until that gap is as old.")]
    private partial void LogDeletionPutOff(DateOnly earlier, DateOnly later);

    [LoggerMessage(4042, LogLevel.Error, "Archive file {File} is damaged; what follows is archived to another file of the same day.")]
    private partial void LogDamaged(ArchiveFileName file, Exception damage);
}
