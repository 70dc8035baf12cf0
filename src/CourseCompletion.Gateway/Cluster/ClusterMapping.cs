using CourseCompletion.Grains.Abstractions.Cluster;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Cluster;

/// <summary>Puts the cluster's report on the wire.</summary>
internal static class ClusterMapping
{
    public static Wire.Cluster ToWire(ClusterReport report)
    {
        var cluster = new Wire.Cluster { AsOf = TimestampMapping.From(report.AsOfMs), MarksOverdue = report.MarksOverdue };
        if (report.SweepAgeMs >= 0)
        {
            cluster.SweepAge = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(report.SweepAgeMs));
        }

        if (report.DeadLetters >= 0)
        {
            cluster.DeadLetters = report.DeadLetters;
        }

        cluster.Silos.AddRange(report.Silos.Select(ToWire));
        cluster.Grains.AddRange(report.Grains.Select(count => new Wire.GrainCount { Kind = count.Kind, Activations = count.Activations }));
        cluster.Findings.AddRange(report.Findings.Select(ToWire));
        return cluster;
    }

    private static Wire.Silo ToWire(ClusterSilo silo) => new()
    {
        Address = silo.Address,
        Name = silo.Name,
        Status = silo.Status,
        StartedAt = TimestampMapping.From(silo.StartedAtMs),
        AliveAt = TimestampMapping.From(silo.AliveAtMs),
        Report = silo.Report is { } report ? ToWire(report) : null,
    };

    private static Wire.SiloReport ToWire(SiloReport report) => new()
    {
        Version = report.Version,
        Activations = report.Activations,
        CpuPercent = report.CpuPercent,
        MemoryBytes = report.MemoryBytes,
        MemoryBytesMax = report.MemoryBytesMax,
        Overloaded = report.IsOverloaded,
        RowsWaiting = report.RowsWaiting,
        RowsWaitingMax = report.RowsWaitingMax,
        NudgesUnderWay = report.NudgesUnderWay,
        HotLearners = { report.HotLearners.Select(hot => new Wire.HotLearner { Key = hot.Key, Share = hot.Share }) },
        Store = ToWire(report.Store),
    };

    private static Wire.StoreStatus ToWire(StoreStatus store) => new()
    {
        Kind = store.Kind,
        Fault = store.Fault ?? "",
        AnswerTime = Duration.FromTimeSpan(store.AnswerTime),
        QueuedBytes = store.QueuedBytes,
        UsedBytes = store.UsedBytes,
        BytesMax = store.BytesMax,
        Weaknesses = { store.Weaknesses },
    };

    private static Wire.ClusterFinding ToWire(ClusterFinding finding) => new()
    {
        Severity = finding.Severity switch
        {
            FindingSeverity.Fault => Wire.FindingSeverity.Fault,
            FindingSeverity.Warning => Wire.FindingSeverity.Warning,
            _ => Wire.FindingSeverity.Notice,
        },
        Subject = finding.Subject,
        Finding = finding.Finding,
        Cure = finding.Cure,
    };
}
