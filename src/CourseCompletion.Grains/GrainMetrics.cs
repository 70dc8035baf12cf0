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

    /// <summary>
    /// From an event's decision to the course that knows of it. One value a report of a roster shard, that of the oldest row in it: no event took longer.
    /// </summary>
    public static readonly Histogram<double> CourseDuration = Meter.CreateHistogram(
        "coursecompletion.events.course.duration",
        "s",
        advice: new InstrumentAdvice<double>
        {
            // Collecting takes 0.25 s and reporting 0.5 s by default; what a crash left untold comes after half a minute.
            HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 5, 10, 30, 60, 300],
        });

    /// <summary>Reading a learner back from the store: one value an activation.</summary>
    public static readonly Histogram<double> ActivationDuration = Meter.CreateHistogram(
        "coursecompletion.learners.activation.duration",
        "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5] });

    /// <summary>Sizes of learners' snapshots, as they are written.</summary>
    public static readonly Histogram<int> SnapshotSize = Meter.CreateHistogram(
        "coursecompletion.learners.snapshot.size",
        "By",
        advice: new InstrumentAdvice<int>
        {
            // The rules keep the state of a learner under 48 KiB.
            HistogramBucketBoundaries = [512, 1024, 2048, 4096, 8192, 16384, 32768, 49152, 65536],
        });

    /// <summary>Marks that the last look of a scheduler shard found older than <c>Sweep:OlderThan</c>, at most <c>Sweep:MarksPerSweepMax</c> a partition.</summary>
    public static readonly Gauge<long> MarksOverdue = Meter.CreateGauge<long>("coursecompletion.marks.overdue", "{mark}");

    /// <summary>Pending marks that a sweep found unacknowledged and had told again.</summary>
    public static readonly Counter<long> MarksSwept = Meter.CreateCounter<long>("coursecompletion.marks.swept", "{mark}");

    /// <summary>Comments of which the first reader was unsure, by <c>outcome</c>: <c>given</c>, <c>no_room</c>, <c>failed</c>.</summary>
    public static readonly Counter<long> SecondOpinions = Meter.CreateCounter<long>("coursecompletion.comments.second_opinions", "{comment}");

    /// <summary>Has what alerts look at exported from the start, at zero.</summary>
    public static void Announce()
    {
        foreach (var counter in (ReadOnlySpan<Counter<long>>)[Retried, Poisoned, RowsTold, RowsDeferred, RowsContradicting, MarksSwept])
        {
            counter.Add(0);
        }
    }
}
