using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Prediction;
using CourseCompletion.Testing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;

namespace CourseCompletion.Testing;

/// <summary>One silo with the engine's grains in this process, stores in memory, and a clock that stands still until it is moved.</summary>
internal sealed class TravelCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly EngineWarnings _warnings;
    private readonly RosterCollector _rosters;
    private readonly TallyCollector _tallies;
    private readonly CampaignCatalog _catalog;

    private TravelCluster(InProcessTestCluster cluster, FakeTimeProvider clock, EngineWarnings warnings)
    {
        (_cluster, Clock, _warnings) = (cluster, clock, warnings);
        var services = cluster.GetSiloServiceProvider();
        _rosters = services.GetRequiredService<RosterCollector>();
        _tallies = services.GetRequiredService<TallyCollector>();
        _catalog = services.GetRequiredService<CampaignCatalog>();
    }

    public FakeTimeProvider Clock { get; }

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<TravelCluster> StartAsync(DateTimeOffset start)
    {
        var clock = new FakeTimeProvider(start);
        var warnings = new EngineWarnings();
        var pending = new MemoryPendingIndex();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Campaigns:StoreEvery", "01:00:00")]).Build();
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders().AddProvider(warnings));
        builder.ConfigureClientHost(host => host.Logging.ClearProviders());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<TimeProvider>(EngineTime.Key, clock);
            silo.Services.AddPrediction();
            silo.AddGrains(configuration);
            silo.Services.Configure<CampaignOptions>(campaigns => campaigns.ScansWhenAsked = true);
            silo.Services.AddSingleton<ILearnerJournal>(new MemoryJournal(pending));
            silo.Services.AddSingleton<IPendingIndex>(pending);
            silo.Services.AddSingleton<IRosterStore>(new MemoryRosterStore());
            silo.Services.AddSingleton<IStoreIdentity>(new MemoryStoreIdentity());
            silo.Services.AddSingleton<IStoreHealth>(new MemoryStoreHealth());
            silo.Services.AddGrainStorage(StorageNames.GrainStorageName, (_, _) => new MemoryGrainStorage());
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(new MemoryReminderTable());
            silo.Services.AddSingleton<INudgeSender>(new AcceptingSender(NudgeChannel.Webhook));
            silo.Services.AddSingleton<INudgeSender>(new AcceptingSender(NudgeChannel.Email));
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, clock, warnings);
    }

    /// <summary>Lets courses and campaigns know of everything that learners did.</summary>
    public async Task TellAsync()
    {
        await _rosters.FlushNowAsync();
        await _tallies.FlushNowAsync();
        _warnings.ThrowIfAny();
    }

    /// <summary>Lets a campaign look for whom it falls due now; returns how many offers were decided anew.</summary>
    public async Task<int> ScanAsync(CampaignKey campaign, bool learns)
    {
        if (learns)
        {
            // Here and not while offers are decided, when it would depend on chance which of them sees it.
            await _catalog.RefreshAsync(campaign);
        }

        var decided = await Grains.GetGrain<ICampaignScanGrain>(campaign.Value).ScanNowAsync();
        _warnings.ThrowIfAny();
        return decided;
    }

    public async ValueTask DisposeAsync()
    {
        // What waits for the engine's time while the silo stops must not wait for ever.
        using var ending = new Timer(_ => Clock.Advance(TimeSpan.FromMilliseconds(50)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        _warnings.Dispose();
    }
}
