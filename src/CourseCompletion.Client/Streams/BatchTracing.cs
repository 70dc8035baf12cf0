using System.Diagnostics;

namespace CourseCompletion.Client.Streams;

/// <summary>The spans of batches on the wire, in the source <c>CourseCompletion.Client</c>, and what a message says of its trace.</summary>
internal static class BatchTracing
{
    private static readonly ActivitySource _source = new("CourseCompletion.Client");

    /// <summary>The trace that the caller is in, as W3C writes it; null without one, and for one that is not sampled.</summary>
    public static string? Callers => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } span ? span.Id : null;

    /// <summary>Begins the span of a batch that is about to be sent: in the trace of whoever gave its events to the client, else in one of its own.</summary>
    public static void Begin(WireBatch batch)
    {
        if (_source.HasListeners())
        {
            var around = Activity.Current;
            Activity.Current = null;
            batch.Span = _source.StartActivity("client.batch", ActivityKind.Producer, batch.Owner.Trace)?.SetTag("batch.events", batch.Count);
            Activity.Current = around;
        }

        batch.Request.Traceparent = batch.Span?.Id ?? batch.Owner.Trace ?? "";
    }

    /// <summary>Ends the span of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isAnswered">Whether it was answered, or else its stream broke.</param>
    public static void End(WireBatch batch, bool isAnswered)
    {
        if (batch.Span is not { } span)
        {
            return;
        }

        batch.Span = null;
        var around = Activity.Current;
        span.SetStatus(isAnswered ? ActivityStatusCode.Ok : ActivityStatusCode.Error).Stop();
        Activity.Current = around;
    }
}
