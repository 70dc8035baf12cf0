namespace CourseCompletion.Client.Streams;

/// <summary>Exponentially growing delays with jitter, so that many clients do not come back at the same moment.</summary>
internal sealed class ReconnectDelay(TimeSpan min, TimeSpan max)
{
    private int _failures;

    /// <summary>Begins anew: the server answered.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The delay after one more failure, at least what the server asked for.</summary>
    /// <param name="asked">The server's RetryInfo, if any; it may exceed the longest delay.</param>
    /// <param name="chance">A number from 0 to 1 that spreads the delay over its upper half.</param>
    public TimeSpan Next(TimeSpan? asked, double chance)
    {
        var grown = Math.Min(max.TotalMilliseconds, min.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 30)));
        var own = TimeSpan.FromMilliseconds(grown * (0.5 + (0.5 * chance)));
        return asked is { } least && least + (0.1 * own) > own ? least + (0.1 * own) : own;
    }
}
