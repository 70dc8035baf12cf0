using System.Diagnostics.Metrics;

namespace CourseCompletion.Storage;

/// <summary>What the store does, in the meter <c>CourseCompletion.Storage</c>.</summary>
/// <remarks>A commit is one transaction of the embedded store, or one script of a partition on Redis: everything here is recorded once a commit.</remarks>
internal static class StorageMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CourseCompletion.Storage";

    private static readonly Meter _meter = new(MeterName);

    /// <summary>How long commits took, from the first statement until they were durable.</summary>
    public static readonly Histogram<double> CommitDuration = _meter.CreateHistogram(
        "coursecompletion.store.commit.duration",
        "s",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] });

    /// <summary>What commits appended to journals.</summary>
    public static readonly Histogram<int> CommitSize = _meter.CreateHistogram(
        "coursecompletion.store.commit.size",
        "By",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [256, 1024, 4096, 16384, 65536, 262144, 524288, 1048576, 4194304] });

    /// <summary>How many requests shared a commit: the more, the less of an fsync each of them pays.</summary>
    public static readonly Histogram<int> CommitRequests = _meter.CreateHistogram(
        "coursecompletion.store.commit.requests",
        "{request}",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] });

    /// <summary>Bytes appended to learners' journals.</summary>
    public static readonly Counter<long> JournalBytes = _meter.CreateCounter<long>("coursecompletion.journal.appended", "By");

    /// <summary>Commits that failed: whoever waited for one was told that nothing is known to be durable.</summary>
    public static readonly Counter<long> CommitsFailed = _meter.CreateCounter<long>("coursecompletion.store.commits.failed", "{commit}");

    /// <summary>Writes refused before they were tried, because too much waits or there is no room.</summary>
    public static readonly Counter<long> WritesRefused = _meter.CreateCounter<long>("coursecompletion.store.writes.refused", "{write}");

    /// <summary>Notes a durable commit.</summary>
    public static void Committed(TimeSpan took, int journalBytes, int requests)
    {
        CommitDuration.Record(took.TotalSeconds);
        CommitSize.Record(journalBytes);
        CommitRequests.Record(requests);
        JournalBytes.Add(journalBytes);
    }

    /// <summary>Shows figures of an open store whenever somebody looks.</summary>
    /// <param name="waiting">How many writes wait for a commit.</param>
    /// <param name="waitingBytes">How many bytes they hold.</param>
    /// <returns>What to dispose when the store is closed; further figures of the same store can be added to it.</returns>
    public static Meter Show(Func<long> waiting, Func<long> waitingBytes)
    {
        // What alerts look at is exported from the start, at zero.
        JournalBytes.Add(0);
        CommitsFailed.Add(0);
        WritesRefused.Add(0);

        // A meter of the store's own: its figures go when it does.
        var meter = new Meter(MeterName);
        meter.CreateObservableUpDownCounter("coursecompletion.store.writes.waiting", waiting, "{write}");
        meter.CreateObservableUpDownCounter("coursecompletion.store.writes.waiting.size", waitingBytes, "By");
        return meter;
    }
}
