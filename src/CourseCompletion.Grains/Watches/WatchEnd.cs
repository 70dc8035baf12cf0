namespace CourseCompletion.Grains.Watches;

/// <summary>Ends the watches of a silo that stops, before its grains are let go: a watch that waits would hold up its grain's deactivation, and with it the silo's stop.</summary>
internal sealed class WatchEnd : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled once the silo stops.</summary>
    public CancellationToken Token => _stopping.Token;

    public void Dispose() => _stopping.Dispose();

    // The stages are stopped from the last to the first, and grains go with the active one.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(WatchEnd), ServiceLifecycleStage.Active + 1, static _ => Task.CompletedTask, _ => _stopping.CancelAsync());
}
