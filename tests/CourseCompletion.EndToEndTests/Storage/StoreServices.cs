using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>The services that a store registers with a silo, started as the silo would start them, but without the silo.</summary>
internal sealed class StoreServices : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly StartOnlyLifecycle _lifecycle = new();

    private StoreServices(ServiceProvider provider) => _provider = provider;

    public IReminderTable Reminders => _provider.GetRequiredService<IReminderTable>();

    public IGrainStorage GrainStorage => _provider.GetRequiredKeyedService<IGrainStorage>(StorageNames.GrainStorageName);

    public static async Task<StoreServices> StartAsync(string serviceId, TimeProvider clock, IJournalArchive archive, Action<ISiloBuilder> addStore)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOptions();
        services.AddSerializer();
        services.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (serviceId, "tests"));
        services.AddSingleton(clock);
        services.AddSingleton<IGrainStorageSerializer, SilosOwnSerializer>();
        addStore(new ServicesOnlySilo(services));

        // Orleans' own participants, such as the service that fires reminders, need a whole silo; a store's own are what is under test.
        foreach (var participant in services.Where(IsParticipantOfOrleans).ToArray())
            services.Remove(participant);

        // The last registration wins: tests watch what goes to the archive, and make it fail.
        services.AddSingleton(archive);
        var started = new StoreServices(services.BuildServiceProvider());
        await started.StartAsync();
        return started;
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _lifecycle.StopAsync();
        await _provider.DisposeAsync();
    }

    private static bool IsParticipantOfOrleans(ServiceDescriptor service) =>
        service.ServiceType == typeof(ILifecycleParticipant<ISiloLifecycle>)
        && (service.ImplementationType?.Assembly ?? service.ImplementationFactory?.Method.Module.Assembly) != typeof(StorageOptions).Assembly;

    private async Task StartAsync()
    {
        try
        {
            foreach (var participant in _provider.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
                participant.Participate(_lifecycle);

            // On Redis what is used translates what Orleans' own storage says; that one is started.
            var started = _provider.GetKeyedService<IGrainStorage>(RedisGrainStorage.InnerName) ?? GrainStorage;
            if (started is ILifecycleParticipant<ISiloLifecycle> storage)
                storage.Participate(_lifecycle);

            await _lifecycle.StartAsync();
            await Reminders.StartAsync(CancellationToken.None);
        }
        catch
        {
            await _provider.DisposeAsync();
            throw;
        }
    }

    private sealed class ServicesOnlySilo(IServiceCollection services) : ISiloBuilder
    {
        public IServiceCollection Services { get; } = services;

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }

    private sealed class StartOnlyLifecycle : ISiloLifecycle
    {
        private readonly List<(int Stage, ILifecycleObserver Observer)> _observers = [];

        public int HighestCompletedStage { get; private set; } = int.MinValue;

        public int LowestStoppedStage { get; private set; } = int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add((stage, observer));
            return NeverUnsubscribed.Instance;
        }

        public async Task StartAsync()
        {
            foreach (var (stage, observer) in _observers.OrderBy(subscription => subscription.Stage))
            {
                await observer.OnStart();
                HighestCompletedStage = stage;
            }
        }

        public async Task StopAsync()
        {
            foreach (var (stage, observer) in _observers.OrderByDescending(subscription => subscription.Stage))
            {
                await observer.OnStop();
                LowestStoppedStage = stage;
            }
        }
    }

    // A silo brings a default serializer; a store that used it would let reflection decide what is stored.
    private sealed class SilosOwnSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => throw new NotSupportedException("The silo's default serializer was used.");

        public T Deserialize<T>(BinaryData input) => throw new NotSupportedException("The silo's default serializer was used.");
    }

    private sealed class NeverUnsubscribed : IDisposable
    {
        public static NeverUnsubscribed Instance { get; } = new();

        public void Dispose()
        {
        }
    }
}
