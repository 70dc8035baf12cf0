using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>How the embedded store is.</summary>
internal sealed class SqliteStoreHealth(string path, IStoreProbe probe, WriteQueue queue, CommitWriter writer, TimeProvider time) : IStoreHealth
{
    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        string? fault;
        try
        {
            await probe.ProbeAsync(cancellationToken).ConfigureAwait(false);
            fault = (writer.NoRoom ?? writer.LastFailure)?.Message;
        }
        catch (OperationCanceledException)
        {
            fault = "A small read did not end in time.";
        }
        catch (Exception failure) when (failure is StoreUnavailableException or StoreCorruptException)
        {
            fault = failure.Message;
        }

        var used = SizeOf(path) + SizeOf(path + "-wal");
        return new("sqlite", fault, time.GetElapsedTime(began), queue.Bytes, used, used + RoomLeft(), []);
    }

    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } there ? there.Length : 0;

    private long RoomLeft() => new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
}
