using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Registers the embedded store; the archive is registered by the caller.</summary>
internal static class SqliteHosting
{
    public static void AddSqliteStore(ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSingleton(provider => SqliteStore.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<IJournalArchive>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SqliteStoreLifecycle>();

        services.AddSingleton<IStoreIdentity>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IStoreProbe>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton<IStoreVerifier>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Journal);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Pending);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Rosters);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Health);

        services.AddGrainStorage(StorageNames.GrainStorageName, static (provider, _) => provider.GetRequiredService<SqliteStore>().Snapshots);
        silo.AddReminders();
        services.AddSingleton(provider => provider.GetRequiredService<SqliteStore>().Reminders);
    }
}

/// <summary>Ties the store to the silo: opened before the silo's first stage, stopped after its last.</summary>
internal sealed class SqliteStoreLifecycle(SqliteStore store) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(SqliteStore), ServiceLifecycleStage.First, static _ => Task.CompletedTask, _ => store.StopAsync());
}
