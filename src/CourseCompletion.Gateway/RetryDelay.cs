namespace CourseCompletion.Gateway;

/// <summary>How long clients are asked to wait.</summary>
internal static class RetryDelay
{
    /// <summary>A random time between the options' bounds, so that clients do not all come back at once.</summary>
    public static TimeSpan RetryAfter(this GatewayOptions options)
    {
        var spread = Math.Max(0, (options.RetryAfterMax - options.RetryAfterMin).TotalMilliseconds);
        return options.RetryAfterMin + TimeSpan.FromMilliseconds(Math.Round(Random.Shared.NextDouble() * spread));
    }
}
