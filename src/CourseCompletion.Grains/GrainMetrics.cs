using System.Diagnostics.Metrics;

namespace CourseCompletion.Grains;

/// <summary>The engine's own figures, in the meter <c>CourseCompletion.Grains</c>.</summary>
internal static class GrainMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CourseCompletion.Grains";

    /// <summary>The meter.</summary>
    public static readonly Meter Meter = new(MeterName);

    /// <summary>Events told to come again, because too many waited for the same learner.</summary>
    public static readonly Counter<long> Retried = Meter.CreateCounter<long>("coursecompletion.events.retried", "{event}");

    /// <summary>Inputs of new learners told to come again, because too many learners began within a minute.</summary>
    public static readonly Counter<long> LearnersDeferred = Meter.CreateCounter<long>("coursecompletion.learners.deferred", "{learner}");

    /// <summary>Learner activations given up after a failed or fenced write.</summary>
    public static readonly Counter<long> Poisoned = Meter.CreateCounter<long>("coursecompletion.learners.poisoned", "{activation}");

    /// <summary>Rows sent to rosters.</summary>
    public static readonly Counter<long> RowsTold = Meter.CreateCounter<long>("coursecompletion.rows.told", "{row}");

    /// <summary>Rows that did not fit into the silo's collector and are told by the pending index later.</summary>
    public static readonly Counter<long> RowsDeferred = Meter.CreateCounter<long>("coursecompletion.rows.deferred", "{row}");

    /// <summary>Rows of equal version and different facts: a sign of a defect or of a store restored without raising its incarnation.</summary>
    public static readonly Counter<long> RowsContradicting = Meter.CreateCounter<long>("coursecompletion.rows.contradicting", "{row}");

    /// <summary>Pending marks that a sweep found unacknowledged and had told again.</summary>
    public static readonly Counter<long> MarksSwept = Meter.CreateCounter<long>("coursecompletion.marks.swept", "{mark}");
}
