namespace CourseCompletion.Grains.Watches;

/// <summary>Who waits for a grain's next change. Used from the grain's turns only.</summary>
/// <param name="time">The clock that patience runs by.</param>
/// <param name="watchersMax">How many may wait at once.</param>
/// <param name="end">Ends the waiting when the silo stops.</param>
internal sealed class Watchers(TimeProvider time, int watchersMax, WatchEnd end)
{
    private static readonly TimeSpan _patienceMax = TimeSpan.FromSeconds(20);

    private readonly List<TaskCompletionSource> _waiting = [];

    /// <summary>Whether somebody waits.</summary>
    public bool IsWaitedFor => _waiting.Count > 0;

    /// <summary>Waits for the next change; false when none came in time (at most 20 seconds) or before the silo stops, and at once when too many wait already.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        if (_waiting.Count >= watchersMax)
        {
            return false;
        }

        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(changed);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        var limit = TimeSpan.FromTicks(Math.Clamp(patience.Ticks, 0, _patienceMax.Ticks));
        var first = await Task.WhenAny(changed.Task, Task.Delay(limit, time, enough.Token));
        await enough.CancelAsync();
        _waiting.Remove(changed);
        return first == changed.Task;
    }

    /// <summary>Something changed.</summary>
    public void Wake()
    {
        foreach (var watcher in _waiting)
        {
            watcher.TrySetResult();
        }

        _waiting.Clear();
    }
}
