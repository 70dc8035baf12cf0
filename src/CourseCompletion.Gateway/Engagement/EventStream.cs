using System.Threading.Channels;
using CourseCompletion.Domain.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>One client's stream of batches.</summary>
/// <remarks>
/// One loop reads, batches run side by side, one loop writes the responses as they come. A batch holds a permit from before it is read until its response is
/// written, and room for its bytes from when it is read until it is recorded: that bounds what streams keep in memory, and HTTP/2 flow control does the rest.
/// </remarks>
#pragma warning disable CA1001 // The semaphore holds nothing to dispose, and a batch that outlives the stream still gives its permit back.
internal sealed class EventStream(
    EventIngest ingest,
    InFlightBytes bytesUnderWay,
    int inFlightMax,
    IAsyncStreamReader<Wire.StreamEventsRequest> requests,
    IServerStreamWriter<Wire.StreamEventsResponse> responses)
#pragma warning restore CA1001
{
    private static readonly WriteOptions _moreFollows = new(WriteFlags.BufferHint);

    private readonly SemaphoreSlim _permits = new(inFlightMax, inFlightMax);

    // Never full: there are as many places as permits.
    private readonly Channel<Wire.StreamEventsResponse> _answers = Channel.CreateBounded<Wire.StreamEventsResponse>(
        new BoundedChannelOptions(inFlightMax) { SingleReader = true });

    /// <summary>Serves the stream until the client ends it or <paramref name="stop"/> asks to; then answers everything that was read.</summary>
    /// <param name="stop">Asks to read no more.</param>
    /// <param name="abort">Ends writing, too.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        var writing = WriteAsync(ending, abort);
        try
        {
            await ReadAsync(ending.Token, abort).ConfigureAwait(false);
            await WaitUntilAnsweredAsync(permitsHeld: 0, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            // Nobody hears the rest; what is under way goes on and is answered with DUPLICATE when it is sent again.
        }
        finally
        {
            _answers.Writer.TryComplete();
            await writing.ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(CancellationToken ending, CancellationToken abort)
    {
        while (!ending.IsCancellationRequested)
        {
            await _permits.WaitAsync(abort).ConfigureAwait(false);
            var hasNext = false;
            try
            {
                hasNext = await requests.MoveNext(ending).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // Read no more; what was read is answered.
            }
            finally
            {
                if (!hasNext)
                {
                    _permits.Release();
                }
            }

            if (!hasNext)
            {
                return;
            }

            await TakeAsync(requests.Current, abort).ConfigureAwait(false);
        }
    }

    private async ValueTask TakeAsync(Wire.StreamEventsRequest request, CancellationToken abort)
    {
        var sentAtMs = 0L;
        var fault = LearnerEventRules.CheckId(request.BatchId, "batch_id", required: false)
            ?? EventIngest.Check(request.Events, request.SentAt, out sentAtMs);
        if (fault is not null)
        {
            OutcomeTally.CountRejected(fault.Reason, request.Events.Count);
            Answer(ResultMapping.RejectAll(request, fault));
        }
        else if (request.Events.Count == 0)
        {
            // An empty batch is a barrier: its answer says that everything before it was answered.
            await WaitUntilAnsweredAsync(permitsHeld: 1, abort).ConfigureAwait(false);
            Answer(new() { BatchId = request.BatchId });
        }
        else
        {
            await bytesUnderWay.EnterAsync(request.PayloadBytes, abort).ConfigureAwait(false);
            _ = RecordAsync(request, sentAtMs);
        }
    }

    private async Task RecordAsync(Wire.StreamEventsRequest request, long sentAtMs)
    {
        var response = new Wire.StreamEventsResponse { BatchId = request.BatchId };
        using var span = BatchTracing.BeginStreamed(request.Traceparent, request.Events.Count);
        try
        {
            await ingest.RecordAsync(request.Events, sentAtMs, response.Results, response.Completions).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A bug: the stream ends with it, the client connects again and resends.
            _answers.Writer.TryComplete(exception);
        }

        bytesUnderWay.Leave(request.PayloadBytes);
        Answer(response);
    }

    private void Answer(Wire.StreamEventsResponse response)
    {
        if (!_answers.Writer.TryWrite(response))
        {
            _permits.Release();
        }
    }

    private async Task WaitUntilAnsweredAsync(int permitsHeld, CancellationToken abort)
    {
        for (var i = permitsHeld; i < inFlightMax; i++)
        {
            await _permits.WaitAsync(abort).ConfigureAwait(false);
        }

        if (permitsHeld < inFlightMax)
        {
            _permits.Release(inFlightMax - permitsHeld);
        }
    }

    private async Task WriteAsync(CancellationTokenSource ending, CancellationToken abort)
    {
        try
        {
            await foreach (var response in _answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                try
                {
                    await WriteAsync(response, abort).ConfigureAwait(false);
                }
                finally
                {
                    _permits.Release();
                }
            }
        }
        catch
        {
            // Nobody writes any more: give back what waits, so that the reading side comes to its end.
            _answers.Writer.TryComplete();
            while (_answers.Reader.TryRead(out _))
            {
                _permits.Release();
            }

            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task WriteAsync(Wire.StreamEventsResponse response, CancellationToken abort)
    {
        if (abort.IsCancellationRequested)
        {
            return;
        }

        try
        {
            // Responses that wait already leave together.
            responses.WriteOptions = _answers.Reader.TryPeek(out _) ? _moreFollows : null;
            await responses.WriteAsync(response, abort).ConfigureAwait(false);
        }
        catch (Exception) when (abort.IsCancellationRequested)
        {
            // The client is gone, or did not read for too long at shutdown: it resends what it has no answer for.
        }
    }
}
