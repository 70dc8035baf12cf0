using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Takes learners' events in.</summary>
internal sealed class EngagementGateway(
    EventIngest ingest, InFlightBytes bytesUnderWay, IOptions<GatewayOptions> options, IHostApplicationLifetime lifetime, TimeProvider time)
    : Wire.EngagementService.EngagementServiceBase
{
    public override async Task StreamEvents(
        IAsyncStreamReader<Wire.StreamEventsRequest> requestStream, IServerStreamWriter<Wire.StreamEventsResponse> responseStream, ServerCallContext context)
    {
        using var life = StreamLife.Begin(options.Value, lifetime, time);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var draining = life.End.Register(() => abort.CancelAfter(options.Value.DrainTimeout));
        var stream = new EventStream(ingest, bytesUnderWay, options.Value.InFlightBatchesMax, requestStream, responseStream);
        GatewayMetrics.StreamsOpen.Add(1);
        try
        {
            await stream.RunAsync(life.End, abort.Token).ConfigureAwait(false);
        }
        finally
        {
            GatewayMetrics.StreamsOpen.Add(-1);
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        if (life.End.IsCancellationRequested)
        {
            throw GatewayErrors.GoingAway(options.Value.RetryAfter());
        }
    }

    public override async Task<Wire.RecordEventsResponse> RecordEvents(Wire.RecordEventsRequest request, ServerCallContext context)
    {
        var fault = EventIngest.Check(request.Events, request.SentAt, out var sentAtMs)
            ?? (request.Events.Count == 0 ? new Rejection(RejectionReason.MissingField, "events", "Send 1 to 1,000 events.") : null);
        if (fault is not null)
        {
            OutcomeTally.CountRejected(fault.Reason, request.Events.Count);
            throw GatewayErrors.Invalid(fault);
        }

        // JSON has no size in protobuf's bytes before it is measured.
        var bytes = request.PayloadBytes > 0 ? request.PayloadBytes : request.CalculateSize();
        if (!bytesUnderWay.TryEnter(bytes))
        {
            throw GatewayErrors.Busy(options.Value.RetryAfter());
        }

        try
        {
            using var span = BatchTracing.Begin(request.Events.Count);
            var response = new Wire.RecordEventsResponse();
            await ingest.RecordAsync(request.Events, sentAtMs, response.Results, response.Completions).ConfigureAwait(false);
            return response;
        }
        finally
        {
            bytesUnderWay.Leave(bytes);
        }
    }
}
