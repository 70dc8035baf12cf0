using CourseCompletion.Grains.Abstractions.Cluster;
using Orleans.Runtime.Services;

namespace CourseCompletion.Grains.Cluster;

/// <summary>Reaches every silo's report service; one that does not answer in time is no error.</summary>
internal sealed class SiloReports(IServiceProvider services) : GrainServiceClient<ISiloReportService>(services)
{
    private static readonly TimeSpan _within = TimeSpan.FromSeconds(5);

    /// <summary>What a silo says of itself; null when it does not answer.</summary>
    public async Task<SiloReport?> AskAsync(SiloAddress silo)
    {
        try
        {
            return await GetGrainService(silo).ReportAsync().WaitAsync(_within);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }

    /// <summary>Asks a silo to end; false when it does not answer.</summary>
    public async Task<bool> TryDrainAsync(SiloAddress silo)
    {
        try
        {
            await GetGrainService(silo).DrainAsync().WaitAsync(_within);
            return true;
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}
