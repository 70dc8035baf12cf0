using System.Collections.Concurrent;
using System.Diagnostics;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Scheduling;
using CourseCompletion.Prediction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>Silos with the engine's grains in this process, a client, a store that outlives them, and a clock that moves when a test says so.</summary>
/// <remarks>
/// The engine's time (collecting rows, patience, freshness of definitions) is the fake clock; it moves while a test waits in <see cref="EventuallyAsync{T}"/>. Grain timers
/// (reporting, storing, sweeping) follow the machine's clock and are short.
/// </remarks>
internal sealed class EngineCluster : IAsyncDisposable
{
    private const int SweepShards = 2;
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan _probeWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _pollEvery = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan _clockStep = TimeSpan.FromMilliseconds(30);

    private readonly InProcessTestCluster _cluster;
    private readonly ConcurrentDictionary<string, SiloLink> _links;
    private int _names;

    private EngineCluster(
        InProcessTestCluster cluster, ConcurrentDictionary<string, SiloLink> links, StoreUnderTest store, FakeTimeProvider clock, LogKeeper log, CallHooks calls, KeptMessages webhooks)
    {
        (_cluster, _links, Store, Clock, Log, Calls, Webhooks) = (cluster, links, store, clock, log, calls, webhooks);
    }

    public StoreUnderTest Store { get; }

    public FakeTimeProvider Clock { get; }

    public LogKeeper Log { get; }

    public CallHooks Calls { get; }

    /// <summary>What was sent by webhook: a receiver outside of the cluster.</summary>
    public KeptMessages Webhooks { get; }

    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<InProcessSiloHandle> Silos => [.. _cluster.Silos.Where(silo => silo.IsActive)];

    /// <summary>Starts silos on a store, a new one in memory unless one is given.</summary>
    /// <param name="store">The store; disposed with the cluster.</param>
    /// <param name="settings">Configuration over the short intervals that are the default here.</param>
    public static Task<EngineCluster> StartAsync(StoreUnderTest? store = null, params (string Key, string Value)[] settings) => StartAsync(null, store, settings);

    /// <summary>Starts silos that have comments read a second time.</summary>
    public static Task<EngineCluster> StartAsync(ISecondCommentReader second) => StartAsync(second, null, []);

    private static async Task<EngineCluster> StartAsync(ISecondCommentReader? second, StoreUnderTest? store, (string Key, string Value)[] settings)
    {
        store ??= new MemoryStore();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var links = new ConcurrentDictionary<string, SiloLink>();
        var log = new LogKeeper();
        var calls = new CallHooks();
        var webhooks = new KeptMessages();
        var configuration = Configuration(settings);
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 2);
        builder.ConfigureSiloHost((_, host) => host.Logging.ClearProviders().AddProvider(log));
        builder.ConfigureClientHost(host => host.Logging.ClearProviders().AddProvider(log));
        builder.ConfigureSilo((options, silo) =>
        {
            var link = links[options.SiloName] = new();
            silo.Services.AddKeyedSingleton<TimeProvider>(EngineTime.Key, clock);
            silo.Services.AddPrediction();
            if (second is not null)
            {
                silo.Services.AddSingleton(second);
            }

            silo.AddGrains(configuration);

            // So that a few learners are surely spread over both silos.
            silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
            store.AddTo(silo, link);
            silo.Services.AddSingleton<INudgeSender>(new LinkedSender(webhooks, link));
            silo.AddOutgoingGrainCallFilter(new LinkedCalls(link, calls));
            silo.AddIncomingGrainCallFilter(calls);
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 1;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, links, store, clock, log, calls, webhooks);
    }

    public ILearnerGrain Learner(LearnerId learner) => Grains.GetGrain<ILearnerGrain>(KeyOf(learner).Value);

    public ICourseGrain Course(CourseId course) => Grains.GetGrain<ICourseGrain>(KeyOf(course).Value);

    public ICampaignGrain Campaign(CampaignId campaign) => Grains.GetGrain<ICampaignGrain>(CampaignKey.For(TenantId.Default, campaign).Value);

    public IRosterGrain Roster(CourseId course, int shard = 0) => Grains.GetGrain<IRosterGrain>(RosterKey.For(KeyOf(course), shard).Value);

    public static LearnerKey KeyOf(LearnerId learner) => LearnerKey.For(TenantId.Default, learner);

    public static CourseKey KeyOf(CourseId course) => CourseKey.For(TenantId.Default, course);

    /// <summary>A learner that no other test of this cluster uses.</summary>
    public LearnerId NewLearner() => new($"learner-{Interlocked.Increment(ref _names)}");

    public LearnerId[] NewLearners(int count) => [.. Enumerable.Range(0, count).Select(_ => NewLearner())];

    /// <summary>A course that no other test of this cluster uses; not defined yet.</summary>
    public CourseId NewCourse() => new($"course-{Interlocked.Increment(ref _names)}");

    /// <summary>A campaign that no other test of this cluster uses; not defined yet.</summary>
    public CampaignId NewCampaign() => new($"campaign-{Interlocked.Increment(ref _names)}");

    /// <summary>Defines a course.</summary>
    public async Task<CourseDefinition> DefineAsync(CourseDefinition definition) =>
        (await Course(definition.Course).UpsertAsync(definition, null)).Definition ?? throw new InvalidOperationException("The definition is malformed.");

    /// <summary>Waits for something while the clock moves; says what was awaited when it does not come.</summary>
    public async Task<T> EventuallyAsync<T>(string what, Func<Task<T>> probeAsync, Func<T, bool> holds)
    {
        await using var pump = PumpClock();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            object? seen;
            try
            {
                var value = await probeAsync().WaitAsync(_probeWithin);
                if (holds(value))
                {
                    return value;
                }

                seen = value;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                seen = e.Message;
            }

            if (Stopwatch.GetElapsedTime(began) > _deadline)
            {
                throw new TimeoutException($"Waited {_deadline.TotalSeconds} s for: {what}. Last seen: {seen}{Environment.NewLine}{Log.Recent}");
            }

            await Task.Delay(_pollEvery);
        }
    }

    public Task EventuallyAsync(string what, Func<Task<bool>> probeAsync) => EventuallyAsync(what, probeAsync, holds => holds);

    public Task EventuallyAsync(string what, Func<bool> probe) => EventuallyAsync(what, () => Task.FromResult(probe()), holds => holds);

    /// <summary>Lets the clock run until disposed.</summary>
    public ClockPump PumpClock() => new(Clock, _pollEvery, _clockStep);

    /// <summary>Waits until nothing is left to be told and no sweep tells it again: from then on none wakes a learner.</summary>
    public async Task ToldAsync()
    {
        await EventuallyAsync("everything to be told", async () =>
        {
            for (var partition = 0; partition < Store.Pending.PartitionCount; partition++)
            {
                if ((await Store.Pending.ReadOlderThanAsync(partition, TimeSpan.Zero, 1, CancellationToken.None)).Count > 0)
                {
                    return false;
                }
            }

            return true;
        });

        // A sweep under way may have read marks that are gone by now; the one after it has not.
        await SweptAsync();
        await SweptAsync();
    }

    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    public async Task DeactivateAsync(IEnumerable<LearnerId> learners) => await Task.WhenAll(learners.Select(learner => DeactivateAsync(Learner(learner))));

    /// <summary>Moves a grain to the silo on which it is not.</summary>
    public Task MigrateAsync(IAddressable grain)
    {
        var from = SiloOf(grain);
        return _cluster.MigrateAsync(grain, Silos.First(silo => silo.SiloAddress != from).SiloAddress);
    }

    /// <summary>The silo on which a grain is active, or null.</summary>
    public SiloAddress? SiloOf(IAddressable grain) => _cluster.TryGetGrainContext(grain.GetGrainId(), out var context) ? context.Address.SiloAddress : null;

    /// <summary>Ends a silo as kill -9 would: from now on nothing it does reaches the store or another silo.</summary>
    /// <remarks>The sweep's heartbeat, which a reminder brings within a minute, comes at once.</remarks>
    public async Task KillAsync(InProcessSiloHandle silo)
    {
        _links[silo.Name].Cut();
        await _cluster.KillSiloAsync(silo);
        await BeatAsync();
    }

    /// <summary>Ends a silo as an operator would.</summary>
    /// <remarks>What the sweep has to do with what was left untold comes at once, as above.</remarks>
    public async Task StopAsync(InProcessSiloHandle silo)
    {
        await _cluster.StopSiloAsync(silo);
        await BeatAsync();
    }

    public Task StartSiloAsync() => _cluster.StartAdditionalSiloAsync();

    public async ValueTask DisposeAsync()
    {
        Calls.Clear();
        await using (PumpClock())
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    // Waits until each shard has ended a sweep since this was asked.
    private async Task SweptAsync()
    {
        var since = Clock.GetUtcNow();
        for (var shard = 0; shard < SweepShards; shard++)
        {
            var sweep = Grains.GetGrain<ISweepGrain>(shard);
            await EventuallyAsync(
                "a sweep to end",
                async () =>
                {
                    var asked = Clock.GetUtcNow();
                    return await sweep.GetLagAsync() is { } lag ? asked - TimeSpan.FromMilliseconds(lag.SweptAgoMs) : DateTimeOffset.MinValue;
                },
                ended => ended > since);
        }
    }

    private async Task BeatAsync()
    {
        for (var shard = 0; shard < SweepShards; shard++)
        {
            var sweep = Grains.GetGrain<ISweepGrain>(shard);
            await EventuallyAsync("the sweep to beat again", async () =>
            {
                await sweep.StartAsync();
                return true;
            });
        }
    }

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Campaigns:ScanEvery"] = "00:00:00.100",
            ["Campaigns:StoreEvery"] = "00:00:00.100",
            ["Courses:CollectFor"] = "00:00:00.020",
            ["Courses:ReportAfter"] = "00:00:00.020",
            ["Courses:StoreAfter"] = "00:00:00.100",
            ["Courses:EvaluateEvery"] = "00:00:01",
            ["Learners:SnapshotBytesMin"] = "8192",
            ["Models:FollowEvery"] = "00:00:00.200",
            ["Models:StoreEvery"] = "00:00:00.200",
            ["Recommendations:StoreAfter"] = "00:00:00.050",
            ["Sweep:Shards"] = $"{SweepShards}",
            ["Sweep:Every"] = "00:00:00.100",
            ["Sweep:OlderThan"] = "00:00:00.300",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
