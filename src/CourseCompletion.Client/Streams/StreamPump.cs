using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>Keeps a stream open while there is something to send, and opens the next one when it breaks.</summary>
internal sealed class StreamPump(
    EngagementService.EngagementServiceClient service, EngagementClientOptions options, OutgoingBatches outgoing, Ledger ledger, Tally tally)
{
    private readonly TimeProvider _time = options.TimeProvider;
    private readonly ReconnectDelay _delay = new(options.ReconnectDelayMin, options.ReconnectDelayMax);

    /// <summary>Runs until everything is answered after <see cref="OutgoingBatches.Complete"/>, or the server refuses for good.</summary>
    /// <exception cref="EngagementStreamException">The server refuses for good.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var opened = 0; await HasWorkAsync(cancellationToken).ConfigureAwait(false); opened++)
        {
            if (opened > 0)
                tally.AddReconnect();
            var stream = new EventStream(service, options, outgoing, ledger, tally);
            var error = await stream.RunAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var unanswered = outgoing.ReturnInFlight();
            if (outgoing.Peek(_time.GetTimestamp()).IsOver)
                return;
            tally.AddResent(unanswered);
            if (stream.HasAnswered)
                _delay.Reset();
            await PauseAsync(Judge(error), unanswered, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasWorkAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = outgoing.Peek(_time.GetTimestamp());
            if (turn.IsOver)
                return false;
            if (turn.Batch is not null)
                return true;
            await turn.WaitAsync(_time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static StreamFailure Judge(Exception? error)
    {
        if (error is EngagementStreamException)
            throw error;
        var failure = StreamFailure.From(error);
        return failure.IsFinal
            ? throw new EngagementStreamException($"The server refuses the event stream ({failure.Status}): {failure.Detail}", error!)
            : failure;
    }

    private async Task PauseAsync(StreamFailure failure, int unanswered, CancellationToken cancellationToken)
    {
        var pause = _delay.Next(failure.RetryDelay, Random.Shared.NextDouble());
        options.Interrupted?.Invoke(new(failure.Status, failure.Detail, unanswered, pause));
        if (options.ResendDurationMax is { } max)
        {
            var takenBefore = _time.GetTimestamp() - (long)(max.TotalSeconds * _time.TimestampFrequency);
            foreach (var expired in outgoing.TakeExpired(takenBefore))
                ledger.Abandon(expired, $"no answer came within {max} ({failure.Status}: {failure.Detail}).");
        }

        await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
    }
}
