using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite.Commits;

internal sealed partial class CommitWriter
{
    [LoggerMessage(4000, LogLevel.Error, "A transaction of {Requests} writes, commit {Commit}, failed; its callers were told.")]
    private partial void LogCommitFailed(int requests, long commit, Exception failure);

    [LoggerMessage(4001, LogLevel.Error, "A failed transaction could not be rolled back; the connection is opened anew.")]
    private partial void LogRollbackFailed(Exception failure);

    [LoggerMessage(4004, LogLevel.Error, "A {Request} of commit {Commit} came upon damage or a fault and was left out; its caller was told.")]
    private partial void LogRequestFailed(string request, long commit, Exception failure);

    [LoggerMessage(4002, LogLevel.Warning, "A checkpoint failed and will be tried again; nothing is lost, but the write-ahead log grows.")]
    private partial void LogCheckpointFailed(Exception failure);
}
