namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>When a message that could not be delivered is attempted again.</summary>
/// <remarks>
/// Exponential backoff with full jitter: a wait is uniform between 0 and min(<see cref="RetryPolicy.WaitMax"/>, <see cref="RetryPolicy.FirstWaitMax"/> x 2^(attempts - 1)). It spreads the messages that one outage stopped
/// better than a wait around the same mean does (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015). Where the receiver names a wait, that comes first and the jitter on top.
/// </remarks>
public static class RetryRules
{
    /// <summary>The wait before the next attempt; null when there is none any more.</summary>
    /// <param name="attempts">Attempts so far, at least 1.</param>
    /// <param name="sinceFirst">How long ago the first attempt began.</param>
    /// <param name="after">How long the receiver asked to be left alone; null when it did not.</param>
    /// <param name="uniform">A number drawn uniformly from [0, 1).</param>
    /// <param name="policy">The policy.</param>
    public static TimeSpan? NextWait(int attempts, TimeSpan sinceFirst, TimeSpan? after, double uniform, RetryPolicy policy)
    {
        if (attempts >= policy.AttemptsMax)
        {
            return null;
        }

        var wait = Backoff(attempts, uniform, policy) + Max(after ?? TimeSpan.Zero, TimeSpan.Zero);
        return wait <= policy.TotalMax - sinceFirst ? wait : null;
    }

    /// <summary>The wait of the backoff alone.</summary>
    /// <param name="attempts">Attempts so far, at least 1.</param>
    /// <param name="uniform">A number drawn uniformly from [0, 1).</param>
    /// <param name="policy">The policy.</param>
    public static TimeSpan Backoff(int attempts, double uniform, RetryPolicy policy)
    {
        // Math.Pow, because a shift would wrap around after 62 attempts.
        var longest = Math.Min(policy.WaitMax.Ticks, policy.FirstWaitMax.Ticks * Math.Pow(2, attempts - 1));
        return TimeSpan.FromTicks((long)(uniform * longest));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
