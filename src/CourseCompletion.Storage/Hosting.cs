using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Archive;
using CourseCompletion.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Storage;

/// <summary>Registers the store of a silo.</summary>
public static class Hosting
{
    /// <summary>Adds the store that configuration section <c>Storage</c> asks for: Redis when a connection string is set, the embedded store otherwise.</summary>
    /// <remarks>
    /// Registers the ports of Domain, the grain storage <see cref="Domain.Stores.StorageNames.GrainStorageName"/> and the reminder table. The store is opened and
    /// verified before the silo starts; a store that must not be used fails the start with <see cref="StoreRefusedException"/>.
    /// </remarks>
    public static ISiloBuilder AddStorage(this ISiloBuilder silo, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(configuration);

        var section = configuration.GetSection(StorageOptions.SectionName);
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddOptions<StorageOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();

        silo.Services.AddSingleton<IJournalArchive>(provider => FileJournalArchive.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));

        var options = section.Get<StorageOptions>() ?? new StorageOptions();
        if (string.IsNullOrWhiteSpace(options.Redis))
        {
            SqliteHosting.AddSqliteStore(silo);
        }
        else
        {
            Redis.RedisHosting.AddRedisStore(silo, options);
        }

        return silo;
    }
}
