namespace CourseCompletion.Grains.Watches;

/// <summary>Ends the watches of a silo where its grains are about to be let go: a watch that waits would hold up its grain's deactivation, and every call that comes to the grain meanwhile.</summary>
/// <remarks>
/// A silo that stops lets all of its grains go. One that leaves the cluster takes its part of the directory with it, and the other silos let go of the grains that stood in there, shortly after
/// they hear of it. Whoever watches asks again.
/// </remarks>
internal sealed class WatchEnd(ISiloStatusOracle silos) : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener, IDisposable
{
    // By the machine's clock, as other silos leave. The first is for the grains that go at once; the others are for those whose watcher was back before they went.
    private static readonly TimeSpan[] _pauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1)];

    private readonly Lock _lock = new();
    private CancellationTokenSource _waiting = new();
    private bool _isStopping;

    /// <summary>Cancelled when the watches that begin now are to end.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Token;
            }
        }
    }

    // The stages are stopped from the last to the first, and grains go with the active one.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(WatchEnd), ServiceLifecycleStage.Active + 1, Start, StopAsync);

    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status.IsTerminating() && !updatedSilo.Equals(silos.SiloAddress))
        {
            _ = EndAgainAndAgainAsync();
        }
    }

    public void Dispose() => _waiting.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        silos.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    private Task StopAsync(CancellationToken cancellationToken)
    {
        silos.UnSubscribeFromSiloStatusEvents(this);
        lock (_lock)
        {
            _isStopping = true;
        }

        return EndAsync();
    }

    private async Task EndAgainAndAgainAsync()
    {
        foreach (var pause in _pauses)
        {
            await Task.Delay(pause).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
        }
    }

    private Task EndAsync()
    {
        CancellationTokenSource ended;
        lock (_lock)
        {
            ended = _waiting;
            if (!_isStopping)
            {
                _waiting = new();
            }
        }

        return ended.CancelAsync();
    }
}
