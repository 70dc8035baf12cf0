using System.Diagnostics.Metrics;

namespace CourseCompletion.Gateway;

/// <summary>What callers bring and what they are answered, in the meter <c>CourseCompletion.Gateway</c>.</summary>
/// <remarks>Everything here is recorded once a batch or once a stream, never once an event.</remarks>
internal static class GatewayMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CourseCompletion.Gateway";

    private static readonly Meter _meter = new(MeterName);

    /// <summary>Events answered, by outcome: accepted, duplicate, too_late, rejected (with its reason), retry.</summary>
    public static readonly Counter<long> EventsAnswered = _meter.CreateCounter<long>("coursecompletion.events.answered", "{event}");

    /// <summary>From a batch that was read and has room to the answers of all of its events. One value a batch.</summary>
    public static readonly Histogram<double> AcknowledgementDuration = _meter.CreateHistogram(
        "coursecompletion.events.acknowledgement.duration",
        "s",
        advice: new InstrumentAdvice<double>
        {
            // A commit takes a few milliseconds; at five seconds learners that have not answered are given RETRY.
            HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
        });

    /// <summary>Streams of events that are open.</summary>
    public static readonly UpDownCounter<long> StreamsOpen = _meter.CreateUpDownCounter<long>("coursecompletion.gateway.streams.open", "{stream}");

    /// <summary>Bytes of batches under way, of at most <c>Gateway:InFlightBytesMax</c>.</summary>
    public static readonly UpDownCounter<long> BytesUnderWay = _meter.CreateUpDownCounter<long>("coursecompletion.gateway.under_way", "By");
}
