namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>How often and for how long a message is attempted.</summary>
public sealed record RetryPolicy
{
    /// <summary>The policy when nothing else is set.</summary>
    public static RetryPolicy Default { get; } = new();

    /// <summary>Attempts in all, the first included. Default 10.</summary>
    public int AttemptsMax { get; init; } = 10;

    /// <summary>From the first attempt's beginning, how late another one may begin. Default 2 hours.</summary>
    public TimeSpan TotalMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>The longest wait before the second attempt; it doubles with every one. Default 2 seconds.</summary>
    public TimeSpan FirstWaitMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What no wait exceeds, unless the receiver asks for more. Default 10 minutes.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromMinutes(10);
}
