using System.Diagnostics;
using CourseCompletion.Grains.Abstractions;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>The spans of batches, in the source <c>CourseCompletion.Gateway</c>.</summary>
/// <remarks>Where nobody listens, none of it costs anything. A batch that is not sampled costs its span and nothing beyond the gateway.</remarks>
internal static class BatchTracing
{
    private const string SpanName = "gateway.batch";

    private static readonly ActivitySource _source = new(GatewayMetrics.MeterName);

    /// <summary>Begins the span of a streamed batch: in the trace that its message names, else in one of its own, because the stream's may go on for days.</summary>
    /// <remarks>As for <see cref="Begin"/>.</remarks>
    /// <param name="traceparent">W3C's <c>traceparent</c>; one that is empty or malformed is ignored.</param>
    /// <param name="events">How many events the batch has.</param>
    public static Activity? BeginStreamed(string traceparent, int events)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        if (ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent))
        {
            return Carried(_source.StartActivity(SpanName, ActivityKind.Consumer, parent), events);
        }

        Activity.Current = null;
        return Begin(events);
    }

    /// <summary>Begins the span of a batch within its request's.</summary>
    /// <remarks>To be called from an asynchronous method: the calls that it makes from here on carry the trace.</remarks>
    /// <param name="events">How many events the batch has.</param>
    public static Activity? Begin(int events) => Carried(_source.StartActivity(SpanName, ActivityKind.Consumer), events);

    private static Activity? Carried(Activity? span, int events)
    {
        if (span is { Recorded: true })
        {
            span.SetTag("batch.events", events);
            CallTrace.Send(span.Id);
        }

        return span;
    }
}
