using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;

namespace CourseCompletion.ClusterTests.Stores;

/// <summary>The embedded SQLite store in a directory of its own. One process holds it, so all silos of a test share the one that is open.</summary>
internal sealed class EmbeddedStore : StoreUnderTest
{
    private readonly DirectoryInfo _directory;
    private readonly SqliteStore _store;

    private EmbeddedStore(DirectoryInfo directory, SqliteStore store) => (_directory, _store) = (directory, store);

    public override ILearnerJournal Journal => _store.Journal;

    public override IPendingIndex Pending => _store.Pending;

    public override IRosterStore Rosters => _store.Rosters;

    public override IGrainStorage Snapshots => _store.Snapshots;

    public override IReminderTable Reminders => _store.Reminders;

    public override IStoreIdentity Identity => _store;

    public override IStoreHealth Health => _store.Health;

    public static async Task<EmbeddedStore> OpenAsync()
    {
        var directory = Directory.CreateTempSubdirectory("coursecompletion-cluster-");
        return new(directory, await SqliteStore.OpenAsync(new StorageOptions { DataDirectory = directory.FullName }, TimeProvider.System, NullLoggerFactory.Instance));
    }

    public override void DamageNewestSnapshot(GrainId grain)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_directory.FullName, StoreSchema.FileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE snapshot SET payload=zeroblob(length(payload)) WHERE id=(SELECT id FROM snapshot WHERE grain=$grain ORDER BY etag DESC LIMIT 1)";
        command.Parameters.AddWithValue("$grain", grain.ToString());
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException($"{grain} has no snapshot to damage.");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
