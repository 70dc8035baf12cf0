using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace CourseCompletion.Storage.Redis;

/// <summary>Puts a silo's store on Redis.</summary>
internal static class RedisHosting
{
    /// <summary>Registers the ports, grain storage and reminders. An <see cref="IJournalArchive"/> is registered by the caller.</summary>
    public static void AddRedisStore(ISiloBuilder silo, StorageOptions options)
    {
        var connectionString = options.Redis
            ?? throw new OrleansConfigurationException("Set Storage:Redis to the connection string of the store.");

        silo.Services.AddSingleton(services => Open(services, options, connectionString));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, RedisStoreStart>();
        silo.Services.AddSingleton<ILearnerJournal>(services => services.GetRequiredService<RedisStore>().Journal);
        silo.Services.AddSingleton<IPendingIndex>(services => services.GetRequiredService<RedisStore>().Pending);
        silo.Services.AddSingleton<IRosterStore>(services => services.GetRequiredService<RedisStore>().Rosters);
        silo.Services.AddSingleton<IStoreProbe>(services => services.GetRequiredService<RedisStore>());
        silo.Services.AddSingleton<IStoreVerifier>(services => services.GetRequiredService<RedisStore>().Verifier);
        silo.Services.AddSingleton<IStoreHealth>(services => services.GetRequiredService<RedisStore>().Health);
        silo.Services.AddSingleton<IStoreIdentity>(services => services.GetRequiredService<RedisStore>().Identity);

        silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.GrainStorageName, (services, _) => new RedisGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(RedisGrainStorage.InnerName)));
        silo.AddRedisGrainStorage(RedisGrainStorage.InnerName, storage =>
        {
            storage.ConfigurationOptions = RedisConnections.Parse(connectionString, "coursecompletion-grains", options.RedisCommandTimeout);
            storage.GrainStorageSerializer = StoredPayloadSerializer.Instance;

            // An erased learner must leave nothing behind, not even an empty key.
            storage.DeleteStateOnClear = true;
        });
        silo.UseRedisReminderService(reminders =>
            reminders.ConfigurationOptions = RedisConnections.Parse(
                options.RedisReminders ?? connectionString, "coursecompletion-reminders", options.RedisCommandTimeout));
    }

    private static RedisStore Open(IServiceProvider services, StorageOptions options, string connectionString)
    {
        var serviceId = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
        var store = new RedisStoreOptions
        {
            ConnectionString = connectionString,
            ServiceId = serviceId,
            WitnessDirectory = Path.Combine(options.DataDirectory, "redis", Uri.EscapeDataString(serviceId)),
            CommandTimeout = options.RedisCommandTimeout,
            QueuedBytesMax = options.RedisQueuedBytesMax,
            AcceptStore = options.AcceptStore,
            AllowWeakDurability = options.AllowWeakDurability,
        };

        // Whoever asks first waits here: the silo's start, on a thread of its own, and never a grain (see RedisStoreStart).
        return RedisStore.OpenAsync(
            store,
            services.GetRequiredService<IJournalArchive>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>(),
            CancellationToken.None).GetAwaiter().GetResult();
    }
}

/// <summary>Opens the store before the silo joins: a silo whose store is refused never serves, and no activation ever waits for a connection.</summary>
internal sealed class RedisStoreStart(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(RedisStoreStart), ServiceLifecycleStage.RuntimeInitialize, _ =>
        {
            services.GetRequiredService<RedisStore>();
            return Task.CompletedTask;
        });
}
