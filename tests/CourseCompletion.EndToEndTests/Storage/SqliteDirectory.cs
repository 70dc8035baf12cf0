using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Sqlite;
using CourseCompletion.Storage.Witness;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A data directory of the embedded store, opened, copied and damaged by tests.</summary>
internal sealed class SqliteDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coursecompletion-sqlite-");

    public string Path => _directory.FullName;

    public string Store => System.IO.Path.Combine(Path, StoreSchema.FileName);

    public string Witness => System.IO.Path.Combine(Path, WitnessFile.FileName);

    public static LearnerKey Learner(string id) => LearnerKey.For(TenantId.Default, new LearnerId(id));

    public static string Text(JournalFrame frame) => Encoding.UTF8.GetString(frame.Payload.Span);

    public static async Task AppendAsync(SqliteStore store, LearnerKey learner, int from, int through, params string[] targets)
    {
        for (var sequence = from; sequence <= through; sequence++)
        {
            var append = new LearnerAppend(learner, sequence - 1, Encoding.UTF8.GetBytes($"frame {sequence}"), targets);
            Assert.Equal(AppendOutcome.Applied, await store.Journal.AppendAsync(append, default));
        }
    }

    public static async Task<string[]> FramesAsync(SqliteStore store, LearnerKey learner, long after = 0) =>
        [.. (await store.Journal.ReadTailAsync(learner, after, default)).Frames.Select(Text)];

    public static string[] Frames(int from, int through) => [.. Enumerable.Range(from, through - from + 1).Select(sequence => $"frame {sequence}")];

    public Task<SqliteStore> OpenAsync(Action<StorageOptions>? configure = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        var options = Options(configure);
        return SqliteStore.OpenAsync(options, time ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
    }

    public SqliteStore Open(IJournalArchive archive, Action<StorageOptions>? configure = null) =>
        SqliteStore.Open(Options(configure), archive, TimeProvider.System, NullLoggerFactory.Instance);

    public Task<SqliteStore> OpenAcceptedAsync() => OpenAsync(options => options.AcceptStore = true);

    /// <summary>Makes a store with a learner of some frames and stops it cleanly.</summary>
    public async Task<Guid> MakeStoreAsync(int frames = 3)
    {
        await using var store = await OpenAsync();
        await AppendAsync(store, Learner("ada"), 1, frames);
        return store.StoreId;
    }

    public async Task<StoreRefusedException> RefusedAsync(StoreRefusal reason)
    {
        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => OpenAsync());
        Assert.Equal(reason, refused.Reason);
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        return refused;
    }

    /// <summary>Copies all files but the lock; of a live store, that is what a crash would leave.</summary>
    public SqliteDirectory Copy()
    {
        var copy = new SqliteDirectory();
        foreach (var file in _directory.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Extension != ".lock"))
        {
            var target = System.IO.Path.Combine(copy.Path, System.IO.Path.GetRelativePath(Path, file.FullName));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }

        return copy;
    }

    /// <summary>Runs a statement on a store that is not open.</summary>
    public void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>Reads a number beside the store.</summary>
    public long Integer(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private StorageOptions Options(Action<StorageOptions>? configure)
    {
        var options = new StorageOptions { DataDirectory = Path };
        configure?.Invoke(options);
        return options;
    }
}
