using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage.Redis;
using CourseCompletion.Storage.Witness;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Opens Redis stores as several silos would, each with its own witness, and reaches behind their backs.</summary>
internal sealed class RedisStores : IAsyncDisposable
{
    private static int _services;

    private readonly RedisServer _server;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("coursecompletion-redis-silos-");
    private readonly List<RedisStore> _opened = [];
    private ConnectionMultiplexer? _admin;

    public RedisStores(RedisServer server)
    {
        _server = server;
        ServiceId = $"silos-{Interlocked.Increment(ref _services)}";
    }

    public string ServiceId { get; }

    public RecordingArchive Archive { get; } = new();

    public RedisStoreOptions Options(string silo) => new()
    {
        ConnectionString = _server.ConnectionString,
        ServiceId = ServiceId,
        WitnessDirectory = Path.Combine(_directory.FullName, silo),
    };

    public Task<RedisStore> OpenAsync(string silo = "a") => OpenAsync(Options(silo));

    public async Task<RedisStore> OpenAsync(RedisStoreOptions options, TimeProvider? time = null)
    {
        var store = await RedisStore.OpenAsync(options, Archive, time ?? TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        _opened.Add(store);
        return store;
    }

    public async Task CloseAsync(RedisStore store)
    {
        _opened.Remove(store);
        await store.DisposeAsync();
    }

    /// <summary>What a silo's witness file says now.</summary>
    public StoreWitness? Witness(string silo = "a") => new WitnessFile(Options(silo).WitnessDirectory).Read();

    /// <summary>A connection with every right, for what an operator or an accident would do.</summary>
    public async Task<IDatabase> AdminAsync()
    {
        _admin ??= await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString + ",allowAdmin=true");
        return _admin.GetDatabase();
    }

    public async Task<RedisKey[]> KeysAsync(string containing)
    {
        await AdminAsync();
        return [.. _admin!.GetServers()[0].Keys(pattern: $"{ServiceId}/*").Where(key => key.ToString().Contains(containing, StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();

        if (_admin is not null)
            await _admin.DisposeAsync();

        _directory.Delete(recursive: true);
    }

    public static LearnerKey Learner(string id) => LearnerKey.For(TenantId.Default, new LearnerId(id));

    public static Task<AppendOutcome> AppendAsync(RedisStore store, LearnerKey learner, long expectedHead, string payload = "frame", params string[] targets) =>
        store.Journal.AppendAsync(new LearnerAppend(learner, expectedHead, Encoding.UTF8.GetBytes(payload), targets), CancellationToken.None).AsTask();

    public static async Task<string[]> RowsAsync(RedisStore store, RosterKey roster)
    {
        var rows = new List<string>();
        await foreach (var row in store.Rosters.ReadAsync(roster, CancellationToken.None))
            rows.Add(row.IsDamaged ? $"{row.Learner} damaged" : row.Learner.Value);

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    public static Task<LearnerTail> TailAsync(RedisStore store, LearnerKey learner) => store.Journal.ReadTailAsync(learner, 0, CancellationToken.None).AsTask();
}
