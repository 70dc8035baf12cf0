using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CourseCompletion.Client.Streams;

/// <summary>One StreamEvents call, from its opening to its end.</summary>
internal sealed class EventStream(
    EngagementService.EngagementServiceClient service, EngagementClientOptions options, OutgoingBatches outgoing, Ledger ledger, Tally tally)
{
    private static readonly TimeSpan _endGrace = TimeSpan.FromSeconds(1);

    // A call that was begun on a connection just as that closed is begun again by the handler on the next one, while its writer stays with the first: the writer fails, and no status ever comes.
    private static readonly TimeSpan _statusGrace = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan _retryDelayDefault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _retryDelayMax = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _time = options.TimeProvider;
    private long _progressAt;
    private int _unanswered;

    /// <summary>Whether the server answered anything.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Sends and receives until the stream ends.</summary>
    /// <returns>Why it ended; null when the server ended it with OK.</returns>
    public async Task<Exception?> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = service.StreamEvents(cancellationToken: stop.Token);
        var reading = ReadAsync(call.ResponseStream, stop.Token);
        var writing = WriteAsync(call.RequestStream, stop.Token);
        var watching = WatchAsync(stop.Token);
        var first = await Task.WhenAny(reading, writing, watching).ConfigureAwait(false);
        if (first == writing)
            await Task.WhenAny(reading, Task.Delay(writing.IsFaulted ? _statusGrace : _endGrace, stop.Token)).ConfigureAwait(false); // The reader learns the status.

        var readEnded = reading.IsCompleted;
        await stop.CancelAsync().ConfigureAwait(false);
        var readError = await ErrorOfAsync(reading).ConfigureAwait(false);
        var writeError = await ErrorOfAsync(writing).ConfigureAwait(false);
        var watchError = await ErrorOfAsync(watching).ConfigureAwait(false);
        if (first == watching)
            return watchError;
        return readEnded ? readError : writeError;
    }

    private async Task ReadAsync(IAsyncStreamReader<StreamEventsResponse> responses, CancellationToken cancellationToken)
    {
        while (await responses.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            HasAnswered = true;
            Volatile.Write(ref _progressAt, _time.GetTimestamp());
            if (outgoing.Find(responses.Current.BatchId) is not { } batch)
                continue;

            // Taken off the wire only once it is recorded: what cannot be recorded is still to be answered when the stream breaks with it.
            WireBatch? again = null;
            var isAnswered = batch.Owner.TryRecordWhole(batch, responses.Current);
            if (!isAnswered)
            {
                again = Unanswered(batch, responses.Current);
                isAnswered = RecordFinal(batch, responses.Current);
            }

            outgoing.Answer(batch, again);
            BatchTracing.End(batch, isAnswered: true);
            Interlocked.Decrement(ref _unanswered);
            if (isAnswered)
                ledger.Report(batch.Owner);
            ledger.ThrowIfCallbackFailed();
        }
    }

    private async Task WriteAsync(IClientStreamWriter<StreamEventsRequest> requests, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = _time.GetTimestamp();
            var turn = outgoing.Take(now);
            if (turn.IsOver)
            {
                await requests.CompleteAsync().ConfigureAwait(false);
                return;
            }

            if (turn.Batch is not { } batch)
            {
                await turn.WaitAsync(_time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (options.ResendDurationMax is { } max && _time.GetElapsedTime(batch.Owner.TakenAt, now) > max)
            {
                outgoing.Answer(batch, null);
                ledger.Abandon(batch, $"no answer came within {max}.");
                continue;
            }

            if (options.SendClock)
                batch.Request.SentAt = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
            BatchTracing.Begin(batch);
            batch.Owner.FirstSentAt ??= now;
            if (Interlocked.Increment(ref _unanswered) == 1)
                Volatile.Write(ref _progressAt, now);
            tally.AddSent(batch.Count);
            await requests.WriteAsync(batch.Request, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.ResponseTimeout / 4, _time, cancellationToken).ConfigureAwait(false);
            if (Volatile.Read(ref _unanswered) > 0 && _time.GetElapsedTime(Volatile.Read(ref _progressAt)) > options.ResponseTimeout)
                throw new TimeoutException($"The server answered nothing for {options.ResponseTimeout}.");
        }
    }

    // The part of a batch that is to be sent again; null when there is none.
    private WireBatch? Unanswered(WireBatch batch, StreamEventsResponse response)
    {
        var again = new List<int>();
        var delay = TimeSpan.Zero;
        var request = new StreamEventsRequest();
        for (var place = 0; place < batch.Count; place++)
        {
            var result = place < response.Results.Count ? response.Results[place] : null;
            if (result is not null && Submission.IsFinal(result))
                continue;
            var asked = result?.RetryAfter?.ToTimeSpan() ?? _retryDelayDefault;
            delay = asked > delay ? asked : delay;
            again.Add(batch.IndexOf(place));
            request.Events.Add(batch.Request.Events[place]);
        }

        if (again.Count == 0)
            return null;
        delay = delay < _retryDelayMax ? delay : _retryDelayMax;
        tally.AddRetried(again.Count);
        return new(batch.Owner, request, 0, [.. again])
        {
            Place = batch.Place,
            NotBefore = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency),
        };
    }

    private static bool RecordFinal(WireBatch batch, StreamEventsResponse response) => batch.Owner.Record(
        batch,
        place => place < response.Results.Count && Submission.IsFinal(response.Results[place]) ? response.Results[place] : null,
        response.Completions);

    private static async Task<Exception?> ErrorOfAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.Exception?.InnerException ?? (task.IsCanceled ? new OperationCanceledException() : null);
    }
}
