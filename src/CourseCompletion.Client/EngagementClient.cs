using CourseCompletion.Client.Streams;
using CourseCompletion.Protocol.V1;
using Grpc.Core;

namespace CourseCompletion.Client;

/// <summary>Streams learners' events to a CourseCompletion server and tells what became of each, exactly once.</summary>
/// <remarks>
/// <para>
/// Events are sent in batches over one long-lived stream. When the stream breaks, or the server asks for it, unanswered events are
/// sent again, unchanged; the server recognises repeats. Nothing is dropped silently: an event is accepted, a duplicate, rejected
/// with a reason, or, only when the client stops, reported with RETRY.
/// </para>
/// <para>
/// Memory is bounded: while <see cref="EngagementClientOptions.UnacknowledgedEventsMax"/> events are unanswered, callers wait. All
/// members may be called from any thread. Do not change an event after it was given to the client.
/// </para>
/// </remarks>
public sealed class EngagementClient : IAsyncDisposable
{
    private readonly EngagementClientOptions _options;
    private readonly ChannelBase? _ownChannel;
    private readonly CapacityGate _gate;
    private readonly Ledger _ledger;
    private readonly OutgoingBatches _outgoing;
    private readonly Accumulator _accumulator;
    private readonly Tally _tally = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumping;
    private EngagementStreamException? _refusal;
    private Task? _disposing;

    /// <summary>Makes a client on a channel or interceptor of the caller's, which the caller disposes later.</summary>
    /// <param name="invoker">Where the calls go.</param>
    /// <param name="options">How to batch, limit and resend; null for the defaults.</param>
    public EngagementClient(CallInvoker invoker, EngagementClientOptions? options = null)
        : this(invoker, options, null)
    {
    }

    private EngagementClient(CallInvoker invoker, EngagementClientOptions? options, ChannelBase? ownChannel)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        _options = options ?? new();
        _options.Validate();
        _ownChannel = ownChannel;
        _gate = new(_options.UnacknowledgedEventsMax);
        _outgoing = new(_options.BatchesInFlightMax, _options.KeepLearnerOrder);
        _ledger = new(_gate, _tally, _options.TimeProvider);
        _accumulator = new(_options, SubmitGathered);
        Engagement = new(invoker);
        Learners = new(invoker);
        Courses = new(invoker);
        Campaigns = new(invoker);
        Comments = new(invoker);
        _pumping = PumpAsync();
    }

    /// <summary>The plain client of the engagement service.</summary>
    public EngagementService.EngagementServiceClient Engagement { get; }

    /// <summary>The plain client for reading, watching, enrolling and withdrawing learners.</summary>
    public LearnerService.LearnerServiceClient Learners { get; }

    /// <summary>The plain client for defining, reading and watching courses.</summary>
    public CourseService.CourseServiceClient Courses { get; }

    /// <summary>The plain client for defining campaigns and reading what came of them.</summary>
    public CampaignService.CampaignServiceClient Campaigns { get; }

    /// <summary>The plain client for reading what learners say, and for labels.</summary>
    public CommentService.CommentServiceClient Comments { get; }

    /// <summary>What the client has done so far.</summary>
    public EngagementCounters Counters => _tally.Counters;

    /// <summary>Makes a client with a channel of its own; nothing is sent before the first event or call.</summary>
    /// <param name="address">The server's gRPC address, such as `http://127.0.0.1:5080`.</param>
    /// <param name="options">How to batch, limit and resend; null for the defaults.</param>
    public static EngagementClient Connect(Uri address, EngagementClientOptions? options = null)
    {
        var channel = EngagementChannel.Open(address);
        return new(channel.CreateCallInvoker(), options, channel);
    }

    /// <summary>Sends one event, together with others, and waits for its fate.</summary>
    /// <remarks>Cancelling ends the waiting; an event that was already taken is still sent.</remarks>
    public async Task<EventAcknowledgement> SendAsync(Event e, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(e);
        await _gate.EnterAsync(1, cancellationToken).ConfigureAwait(false);
        var waiter = new TaskCompletionSource<EventAcknowledgement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _accumulator.Add(e, waiter);
        return await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes one event, waiting only for room; its fate goes to <see cref="EngagementClientOptions.Acknowledged"/>.</summary>
    public ValueTask EnqueueAsync(Event e, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!_gate.TryEnter(1))
            return EnqueueLaterAsync(e, cancellationToken);
        _accumulator.Add(e, null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends events as a batch of their own and waits for the fate of all.</summary>
    /// <remarks>
    /// Any number of events; over 1,000 are cut into several messages. Cancelling ends the waiting; a batch that was already taken is
    /// still sent.
    /// </remarks>
    public async Task<BatchAcknowledgement> SendBatchAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken = default)
    {
        var reported = await EnqueueBatchAsync(events, cancellationToken).ConfigureAwait(false);
        return await reported.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a batch, waiting only for room.</summary>
    /// <returns>A task that completes, and never fails, when the fate of all events is known.</returns>
    /// <remarks>For high volume: batches go out in the order in which this method was called and awaited.</remarks>
    public async ValueTask<Task<BatchAcknowledgement>> EnqueueBatchAsync(
        IReadOnlyList<Event> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        Event[] taken = [.. events]; // The caller may use the list again.
        if (taken.Any(e => e is null))
            throw new ArgumentException("A batch holds no null.", nameof(events));
        await _gate.EnterAsync(taken.Length, cancellationToken).ConfigureAwait(false);
        var submission = new Submission(taken, _options.TimeProvider.GetTimestamp(), null) { Trace = BatchTracing.Callers };
        Submit(submission);
        return submission.Reported;
    }

    /// <summary>Sends at once what has gathered and waits until every event that was given before is reported.</summary>
    /// <exception cref="EngagementStreamException">
    /// The server refused the stream for good, and the events were reported with RETRY; or the callback threw.
    /// </exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        _accumulator.Seal();
        await Task.WhenAll(_ledger.Open).WaitAsync(cancellationToken).ConfigureAwait(false);
        if ((_refusal ?? _ledger.CallbackFailure) is { } refusal)
            throw new EngagementStreamException(refusal.Message, refusal);
    }

    /// <summary>Takes no more events, waits for answers, reports the rest with RETRY, and closes the stream.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_stop)
            return new(_disposing ??= CloseAsync());
    }

    private async Task CloseAsync()
    {
        _gate.Close(() => new ObjectDisposedException(nameof(EngagementClient)));
        _accumulator.Seal();
        await Task.WhenAll(_ledger.Open)
            .WaitAsync(_options.ShutdownTimeout, _options.TimeProvider)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _outgoing.Complete();
        _stop.CancelAfter(_ledger.Open.Length > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(2));
        await _pumping.ConfigureAwait(false);
        _ledger.End("the client was closed.");
        _accumulator.Dispose(); // An event that slipped in beside the closing is reported too.
        _stop.Dispose();
        if (_ownChannel is not null)
            await _ownChannel.ShutdownAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        await Task.Yield();
        try
        {
            await new StreamPump(Engagement, _options, _outgoing, _ledger, _tally).RunAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Closing: what is left is reported by CloseAsync.
        }
        catch (Exception error) // The outermost loop: whatever it is, callers must hear of their events.
        {
            _refusal = error as EngagementStreamException ?? new EngagementStreamException($"The event stream failed: {error.Message}", error);
            _gate.Close(() => new EngagementStreamException(_refusal.Message, _refusal));
            _ledger.End(_refusal.Message);
        }
    }

    private async ValueTask EnqueueLaterAsync(Event e, CancellationToken cancellationToken)
    {
        await _gate.EnterAsync(1, cancellationToken).ConfigureAwait(false);
        _accumulator.Add(e, null);
    }

    private void SubmitGathered(List<Event> events, List<TaskCompletionSource<EventAcknowledgement>?> waiters, string? trace) =>
        Submit(new(events, _options.TimeProvider.GetTimestamp(), acknowledgement => Deliver(acknowledgement, waiters)) { Trace = trace });

    private void Submit(Submission submission)
    {
        if (!_ledger.TryOpen(submission))
            return;
        var batches = BatchSplitter.Split(submission, _options.BatchBytesMax, out var answered);
        if (answered || submission.Events.Count == 0)
            _ledger.Report(submission);
        _outgoing.Add(batches);
    }

    private void Deliver(BatchAcknowledgement acknowledgement, List<TaskCompletionSource<EventAcknowledgement>?> waiters)
    {
        Exception? thrown = null;
        for (var i = 0; i < waiters.Count; i++)
        {
            if (waiters[i] is { } waiter)
            {
                waiter.TrySetResult(acknowledgement[i]);
                continue;
            }

            try
            {
                _options.Acknowledged?.Invoke(acknowledgement[i]);
            }
            catch (Exception error) // The caller's code: the others must hear of their events first.
            {
                thrown ??= error;
            }
        }

        if (thrown is not null)
            throw new EngagementStreamException($"The callback Acknowledged threw: {thrown.Message}", thrown);
    }
}
