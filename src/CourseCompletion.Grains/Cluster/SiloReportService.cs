using System.Reflection;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Cluster;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Statistics;

namespace CourseCompletion.Grains.Cluster;

/// <inheritdoc cref="ISiloReportService"/>
internal sealed partial class SiloReportService(
    GrainId id,
    Silo silo,
    ILoggerFactory loggers,
    RosterCollector rows,
    NudgeOutbox nudges,
    HotLearners hot,
    IStoreHealth store,
    IEnvironmentStatisticsProvider environment,
    ILocalSiloDetails details,
    IOptions<CourseOptions> courses,
    IHostApplicationLifetime lifetime,
    IGrainFactory grains,
    ILogger<SiloReportService> log) : GrainService(id, silo, loggers), ISiloReportService
{
    private const int HotLearnersMax = 5;
    private static readonly TimeSpan _storeWithin = TimeSpan.FromSeconds(3);
    private static readonly string _version = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public async Task<SiloReport> ReportAsync()
    {
        var statistics = environment.GetEnvironmentStatistics();
        var counted = (await grains.GetGrain<IManagementGrain>(0).GetRuntimeStatistics([details.SiloAddress]))[0];
        return new(
            _version,
            counted.ActivationCount,
            statistics.FilteredCpuUsagePercentage,
            statistics.RawMemoryUsageBytes,
            statistics.MaximumAvailableMemoryBytes,
            counted.IsOverloaded,
            rows.RowsWaiting,
            courses.Value.CollectedRowsMax,
            nudges.UnderWay,
            hot.Hottest(HotLearnersMax),
            await StoreAsync());
    }

    public Task DrainAsync()
    {
        LogDrained(log, details.SiloAddress);
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    private async Task<StoreStatus> StoreAsync()
    {
        using var enough = new CancellationTokenSource(_storeWithin);
        var health = await store.CheckAsync(enough.Token);
        return new(health.Kind, health.Fault, health.AnswerTime, health.QueuedBytes, health.UsedBytes, health.BytesMax, [.. health.Weaknesses]);
    }

    [LoggerMessage(2600, LogLevel.Information, "Silo {Silo} was asked to hand over what it keeps and to end.")]
    private static partial void LogDrained(ILogger logger, SiloAddress silo);
}
