using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>What becomes of nudges, by channel, in the meter of <see cref="GrainMetrics"/>.</summary>
internal static class DeliveryMetrics
{
    /// <summary>Attempts, by outcome.</summary>
    public static readonly Counter<long> Attempts = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.attempts", "{attempt}");

    /// <summary>Deliveries that ended, by status.</summary>
    public static readonly Counter<long> Ended = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.ended", "{nudge}");

    /// <summary>Nudges that did not fit into the silo's dispatcher and are offered again by their learners later.</summary>
    public static readonly Counter<long> Deferred = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.deferred", "{nudge}");

    /// <summary>Nudges in the silo's dispatcher.</summary>
    public static readonly UpDownCounter<long> UnderWay = GrainMetrics.Meter.CreateUpDownCounter<long>("coursecompletion.nudges.under_way", "{nudge}");

    /// <summary>From when a nudge was due, or put off to, to the stored decision to send it. One value a nudge that is sent.</summary>
    public static readonly Histogram<double> Lateness = GrainMetrics.Meter.CreateHistogram(
        "coursecompletion.nudges.lateness",
        "s",
        advice: new InstrumentAdvice<double>
        {
            // Campaigns look every ten seconds by default, and give up after their grace, which is hours.
            HistogramBucketBoundaries = [1, 5, 10, 30, 60, 120, 300, 900, 3600, 14400, 43200],
        });

    /// <summary>Dead letters taken: nudges that did not reach their learners.</summary>
    public static readonly Counter<long> LettersTaken = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.dead_letters.taken", "{letter}");

    /// <summary>Dead letters that went because there was no room for them.</summary>
    public static readonly Counter<long> LettersOverflowed = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.dead_letters.overflowed", "{letter}");

    private static readonly Gauge<long> _lettersKept = GrainMetrics.Meter.CreateGauge<long>("coursecompletion.dead_letters.kept", "{letter}");

    /// <summary>Shows how many dead letters of a tenant wait for somebody to look at them; 0 when another silo shows it from now on.</summary>
    public static void ShowLettersKept(TenantId tenant, int count) => _lettersKept.Record(count, new KeyValuePair<string, object?>("tenant", tenant.Value));

    /// <summary>Has what alerts look at exported from the start, at zero.</summary>
    public static void Announce()
    {
        LettersTaken.Add(0);
        LettersOverflowed.Add(0);
    }

    /// <summary>The tag of a channel.</summary>
    public static KeyValuePair<string, object?> TagOf(NudgeChannel channel) => new("channel", channel.ToString());
}
