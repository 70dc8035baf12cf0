namespace CourseCompletion.Storage.Sqlite;

/// <summary>Keeps a data directory to one process, for as long as the lock is held; a process that dies lets go of it.</summary>
internal sealed class StoreLock : IDisposable
{
    public const string FileName = "store.lock";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StoreRefusedException">Another process holds it.</exception>
    public static StoreLock Take(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            return new StoreLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new StoreRefusedException(
                StoreRefusal.InUse,
                $"The data directory {directory} is in use by another process. Stop that process, or give this one a directory of its own (Storage:DataDirectory). "
                + "The embedded store serves one process; several silos share a store through Redis (Storage:Redis).",
                taken);
        }
    }

    public void Dispose() => _file.Dispose();
}
