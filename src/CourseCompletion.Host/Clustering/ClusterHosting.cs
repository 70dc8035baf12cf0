using System.Net;
using CourseCompletion.Grains;
using CourseCompletion.Host.Health;
using CourseCompletion.Host.Networking;
using CourseCompletion.Host.Telemetry;
using CourseCompletion.Prediction;
using CourseCompletion.Prediction.Comments;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Redis;
using Orleans.Configuration;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace CourseCompletion.Host.Clustering;

/// <summary>Makes a process a silo, or a client of silos elsewhere.</summary>
internal static class ClusterHosting
{
    // A silo that starts again where it was takes connections before it serves: calls that others send there, because they know it by its address, wait no longer than this.
    private static readonly TimeSpan _connectWithin = TimeSpan.FromSeconds(1);

    private const int PreferredSiloPort = 11111;
    private const int PreferredGatewayPort = 30000;

    /// <summary>Adds a silo with grains, store and prediction.</summary>
    public static void AddSilo(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var storage = Bound<StorageOptions>(configuration, StorageOptions.SectionName);
        if (string.IsNullOrWhiteSpace(storage.Redis) && configuration.GetValue("Role", HostRole.All) != HostRole.All)
        {
            throw new HostRefusedException("Role is silo, but the embedded store serves one process: set Storage:Redis, or Role to all.");
        }

        builder.UseOrleans(silo =>
        {
            silo.AddMembership(configuration, storage);
            silo.AddStorage(configuration);
            silo.AddPrediction(configuration);
            silo.AddGrains(configuration);
            silo.AddTelemetry(configuration);
            silo.Configure<ConnectionOptions>(connection => connection.OpenConnectionTimeout = _connectWithin);
            silo.Configure<SiloMessagingOptions>(messaging =>
            {
                // A learner's own queue answers RETRY long before this; it is the last bound on memory.
                messaging.MaxEnqueuedRequestsSoftLimit = 2_000;
                messaging.MaxEnqueuedRequestsHardLimit = 10_000;
                messaging.MaxRequestProcessingTime = TimeSpan.FromMinutes(5);
            });

            // As docs/operations.md says under Limits.
            silo.Configure<LoadSheddingOptions>(shedding => (shedding.LoadSheddingEnabled, shedding.CpuThreshold, shedding.MemoryThreshold) = (true, 95, 90));
            silo.Configure<GrainCollectionOptions>(collection =>
            {
                collection.EnableActivationSheddingOnMemoryPressure = true;
                collection.MemoryUsageLimitPercentage = 80;
                collection.MemoryUsageTargetPercentage = 75;
            });
        });
    }

    private static void AddPrediction(this ISiloBuilder silo, IConfiguration configuration)
    {
        var comments = Bound<CommentReaderOptions>(configuration, CommentReaderOptions.Section);
        try
        {
            silo.Services.AddPrediction(comments);
        }
        catch (Exception error) when (error is ModelFileException or IOException or UnauthorizedAccessException)
        {
            throw new HostRefusedException(
                $"Comments:ModelFile is '{comments.ModelFile}', Comments:SecondOpinion:ModelFile '{comments.SecondOpinion.ModelFile}': {error.Message} "
                + "Set the first to a file that 'train comments' wrote, the second to an ONNX model, or leave them out for the release's model and no second opinion.");
        }
    }

    /// <summary>Adds a client that finds its silos through Redis.</summary>
    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        var storage = Bound<StorageOptions>(builder.Configuration, StorageOptions.SectionName);
        if (string.IsNullOrWhiteSpace(storage.RedisClustering ?? storage.Redis))
        {
            throw new HostRefusedException("Role is gateway, but silos are found through Redis: set Storage:Redis (or Storage:RedisClustering), or Role to all.");
        }

        var names = Bound<ClusterNames>(builder.Configuration, ClusterNames.SectionName);
        builder.UseOrleansClient(client =>
        {
            client.UseRedisMembership(storage);
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (names.ClusterId, names.ServiceId));
            client.AddGatewayCountChangedHandler(services => (_, change) => services.GetRequiredService<ClusterReadiness>().Connected(change.NumberOfConnectedGateways));
            client.AddTelemetry(builder.Configuration);
            client.Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1));
            client.Configure<ConnectionOptions>(connection => connection.OpenConnectionTimeout = _connectWithin);
        });
    }

    private static void AddMembership(this ISiloBuilder silo, IConfiguration configuration, StorageOptions storage)
    {
        var names = Bound<ClusterNames>(configuration, ClusterNames.SectionName);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (names.ClusterId, names.ServiceId));

        var network = NetworkHosting.Bound(configuration);
        if (string.IsNullOrWhiteSpace(storage.Redis))
        {
            // One process: nobody else calls the silo, whatever address callers use.
            var silos = new IPEndPoint(IPAddress.Loopback, PortOr(network.SiloPort, () => PortReservation.Any(IPAddress.Loopback)));
            silo.ConfigureEndpoints(
                IPAddress.Loopback,
                silos.Port,
                PortOr(network.OrleansGatewayPort, () => PortReservation.From(IPAddress.Loopback, PreferredGatewayPort)),
                listenOnAnyHostAddress: false);
            silo.UseDevelopmentClustering(silos);
            return;
        }

        var address = AddressRule.Resolve(network);
        silo.ConfigureEndpoints(
            address,
            PortOr(network.SiloPort, () => PortReservation.From(address, PreferredSiloPort)),
            PortOr(network.OrleansGatewayPort, () => PortReservation.From(address, PreferredGatewayPort)),
            listenOnAnyHostAddress: false);
        silo.UseRedisMembership(storage);
        silo.AddRebalancing();
        silo.AddVersions();
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // Measured: by default a hung silo stays for a minute, and a cluster killed as a whole blocks its restart on new addresses for 87 seconds.
            // Three probes are to be missed within the 5 seconds after which a learner's call is given up: when it is tried again, the others have taken over.
            membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(3);
            membership.NumMissedTableIAmAliveLimit = 2;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.EnableConnectionLivenessCheck = false;
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
    }

    // By default a grain is placed by the silos' processors and memory and then stays: a silo that is added to take load would only get learners that are new or were
    // idle. Repartitioning, which brings together grains that call each other, stays off: a learner is called by gateways and calls nobody per event (docs/decisions).
    private static void AddRebalancing(this ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP002 // Rebalancing is marked as experimental; what it does to learners is what any deactivation does, and is tested.
        silo.AddActivationRebalancer();
#pragma warning restore ORLEANSEXP002
        silo.Configure<ActivationRebalancerOptions>(rebalancer => rebalancer.RebalancerDueTime = TimeSpan.FromSeconds(60));
    }

    // During a rolling upgrade both releases call each other: what an older one calls, a newer one serves, and new activations stay where everybody can call them.
    private static void AddVersions(this ISiloBuilder silo) => silo.Configure<GrainVersioningOptions>(versions =>
    {
        versions.DefaultCompatibilityStrategy = nameof(BackwardCompatible);
        versions.DefaultVersionSelectorStrategy = nameof(MinimumVersion);
    });

    private static int PortOr(int configured, Func<int> free) => configured != 0 ? configured : free();

    private static T Bound<T>(IConfiguration configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new();
}
