using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Courses;

/// <summary>What a roster shard took since its last report.</summary>
/// <param name="OldestMs">When the oldest of the rows was made; <see cref="long.MaxValue"/> without rows.</param>
/// <param name="Trace">The trace that goes on with the report; null for none.</param>
internal readonly record struct UnreportedRows(long OldestMs, string? Trace)
{
    /// <summary>Nothing.</summary>
    public static UnreportedRows None { get; } = new(long.MaxValue, null);

    /// <summary>With one more row.</summary>
    public UnreportedRows With(RosterRow row) => this with { OldestMs = Math.Min(OldestMs, row.EvaluatedAtMs) };

    /// <summary>With the trace of a call that brought rows; of several the first goes on.</summary>
    public UnreportedRows With(string? trace) => this with { Trace = Trace ?? trace };

    /// <summary>With what came meanwhile.</summary>
    public UnreportedRows With(UnreportedRows later) => new(Math.Min(OldestMs, later.OldestMs), Trace ?? later.Trace);

    /// <summary>Notes that the course knows of them.</summary>
    public void Reported(long nowMs)
    {
        if (OldestMs != long.MaxValue)
        {
            GrainMetrics.CourseDuration.Record(Math.Max(0, nowMs - OldestMs) / 1000.0);
        }
    }
}
