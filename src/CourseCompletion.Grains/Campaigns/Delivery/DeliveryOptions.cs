using System.ComponentModel.DataAnnotations;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>How nudges are handed to channels. Section <c>Delivery</c>. Numbers are those of one silo and one channel, so that a slow channel does not hold up another.</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Delivery";

    /// <summary>Attempts under way at once. Default 64, from 1 to 4,096.</summary>
    [Range(1, 4096, ErrorMessage = "Delivery:InFlightMax must lie between 1 and 4096.")]
    public int InFlightMax { get; set; } = 64;

    /// <summary>
    /// Nudges in memory: under way, waiting for their turn or for their next attempt, or ended and not yet reported. What does not fit is offered again by its learner. Default 20,000, from 1 to 1,000,000; one takes a few KiB.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = "Delivery:WaitingMax must lie between 1 and 1000000.")]
    public int WaitingMax { get; set; } = 20_000;

    /// <summary>Attempts in all, the first included. Default 10, from 1 to 100.</summary>
    [Range(1, 100, ErrorMessage = "Delivery:AttemptsMax must lie between 1 and 100.")]
    public int AttemptsMax { get; set; } = RetryPolicy.Default.AttemptsMax;

    /// <summary>From the first attempt's beginning, how late another one may begin. Default 2 hours, at most 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ErrorMessage = "Delivery:TotalMax must lie between 00:00:00 and 7.00:00:00.")]
    public TimeSpan TotalMax { get; set; } = RetryPolicy.Default.TotalMax;

    /// <summary>The longest wait before the second attempt; it doubles with every one. Default 2 seconds, from 1 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ErrorMessage = "Delivery:FirstWaitMax must lie between 00:00:00.001 and 01:00:00.")]
    public TimeSpan FirstWaitMax { get; set; } = RetryPolicy.Default.FirstWaitMax;

    /// <summary>What no wait exceeds, unless the receiver asks for more. Default 10 minutes, from 1 ms to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ErrorMessage = "Delivery:WaitMax must lie between 00:00:00.001 and 1.00:00:00.")]
    public TimeSpan WaitMax { get; set; } = RetryPolicy.Default.WaitMax;

    /// <summary>The options as a policy of Domain.</summary>
    internal RetryPolicy ToPolicy() => new() { AttemptsMax = AttemptsMax, TotalMax = TotalMax, FirstWaitMax = FirstWaitMax, WaitMax = WaitMax };
}
