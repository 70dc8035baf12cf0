using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Redis;
using Orleans.Storage;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A store of its own, by its service id, on a shared redis-server.</summary>
public sealed class RedisStoreUnderTest(SharedRedisServer shared) : StoreUnderTest
{
    private static int _stores;

    private readonly string _dataDirectory = Directory.CreateTempSubdirectory("coursecompletion-redis-store-").FullName;
    private StoreServices? _services;

    /// <summary>The service id, below which the store's keys lie.</summary>
    public string ServiceId { get; } = $"tests-{Interlocked.Increment(ref _stores)}";

    public string ConnectionString => shared.Server.ConnectionString;

    public override ILearnerJournal Journal => Services.Get<ILearnerJournal>();

    public override IPendingIndex Pending => Services.Get<IPendingIndex>();

    public override IRosterStore Rosters => Services.Get<IRosterStore>();

    public override IStoreIdentity Identity => Services.Get<IStoreIdentity>();

    public override IStoreVerifier Verifier => Services.Get<IStoreVerifier>();

    public override IGrainStorage GrainStorage => Services.GrainStorage;

    public override IReminderTable Reminders => Services.Reminders;

    private StoreServices Services => _services ?? throw new InvalidOperationException("The store is closed.");

    public override async Task OpenAsync() =>
        _services = await StoreServices.StartAsync(ServiceId, Clock, Archive, silo =>
            RedisHosting.AddRedisStore(silo, new StorageOptions { Redis = ConnectionString, DataDirectory = _dataDirectory }));

    public override async Task CloseAsync()
    {
        if (_services is { } services)
        {
            _services = null;
            await services.DisposeAsync();
        }
    }

    protected override Task CleanUpAsync()
    {
        Directory.Delete(_dataDirectory, recursive: true);
        return Task.CompletedTask;
    }
}
