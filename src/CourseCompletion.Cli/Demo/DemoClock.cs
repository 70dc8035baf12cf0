namespace CourseCompletion.Cli.Demo;

/// <summary>The engine's time in the demo: it runs on from where an earlier run ended, never back, and in the live part faster than the machine's.</summary>
/// <remarks>Timers on it go by the machine's clock: only what the engine takes for the time of day passes faster.</remarks>
internal sealed class DemoClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _from = start;
    private long _since = System.GetTimestamp();
    private int _speed = 1;

    /// <summary>From now on so many seconds pass in each second.</summary>
    public void Run(int speed)
    {
        lock (_lock)
        {
            (_from, _since, _speed) = (NowLocked, System.GetTimestamp(), speed);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return NowLocked;
        }
    }

    private DateTimeOffset NowLocked => _from + (System.GetElapsedTime(_since) * _speed);
}
