using CourseCompletion.Grains.Abstractions.Cluster;
using Orleans.CodeGeneration;
using Orleans.Services;

namespace CourseCompletion.Grains.Cluster;

/// <summary>One on every silo: says how it is, and ends it.</summary>
[Alias("cc.ISiloReportService")]
[Version(1)]
internal interface ISiloReportService : IGrainService
{
    /// <summary>How the silo is.</summary>
    [Alias("ReportAsync")]
    Task<SiloReport> ReportAsync();

    /// <summary>Begins to end the silo and its process as SIGTERM does; returns at once.</summary>
    [Alias("DrainAsync")]
    Task DrainAsync();
}
