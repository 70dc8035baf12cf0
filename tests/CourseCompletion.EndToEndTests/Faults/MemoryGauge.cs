namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Looks at memory twice a second and keeps the largest value.</summary>
internal sealed class MemoryGauge : IDisposable
{
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(500);

    private readonly Func<long> _read;
    private readonly Timer _timer;
    private long _largest;

    public MemoryGauge(Func<long> read)
    {
        _read = read;
        _timer = new(_ => Look(), null, TimeSpan.Zero, _every);
    }

    public long LargestBytes => Interlocked.Read(ref _largest);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            var bytes = _read();
            if (bytes > LargestBytes)
                Interlocked.Exchange(ref _largest, bytes);
        }
        catch (InvalidOperationException)
        {
            // A process is being replaced by its successor.
        }
    }
}
